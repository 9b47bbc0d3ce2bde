"""What bad input raises: one class that names the argument, the value and the remedy."""


class MethodError(ValueError):
    """Bad input to a method.

    Parameters
    ----------
    argument : str
        Name of the argument that is wrong.
    value : object
        The value that was found, or a short description of it. Never a person's row.
    remedy : str
        What the caller can do about it, one sentence.

    Examples
    --------
    >>> raise MethodError("seed", -1, "Give a whole number of 0 or more.")
    Traceback (most recent call last):
    ...
    decapolis_methods.errors.MethodError: seed: -1 cannot be used. Give a whole number of 0 or more.
    """

    def __init__(self, argument: str, value: object, remedy: str) -> None:
        super().__init__(f"{argument}: {value} cannot be used. {remedy}")
        self.argument = argument
        self.value = value
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["MethodError"], tuple[str, object, str]]:
        """Take all three along to another process."""
        return type(self), (self.argument, self.value, self.remedy)
