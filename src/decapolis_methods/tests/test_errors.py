import pickle

import pytest

from decapolis_methods.errors import MethodError


class OutsideError(MethodError):
    """A kind of its own."""


def test_method_error_says_argument_value_and_remedy_in_one_line():
    error = MethodError("seed", -1, "Give a whole number of 0 or more.")
    assert str(error) == "seed: -1 cannot be used. Give a whole number of 0 or more."
    assert (error.argument, error.value, error.remedy) == ("seed", -1, "Give a whole number of 0 or more.")


def test_method_error_is_a_value_error():
    with pytest.raises(ValueError, match="seed: -1 cannot be used"):
        raise MethodError("seed", -1, "Give another.")


@pytest.mark.parametrize("kind", [MethodError, OutsideError])
def test_method_error_comes_whole_from_another_process(kind: type[MethodError]):
    error = pickle.loads(pickle.dumps(kind("seed", -1, "Give another.")))  # noqa: S301 - made one line above
    assert type(error) is kind
    assert (str(error), error.argument, error.value) == (str(kind("seed", -1, "Give another.")), "seed", -1)
