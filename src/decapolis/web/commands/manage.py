"""`decapolis manage …`: Django's own commands (migrate, makemigrations, shell …)."""

from django.core.management import execute_from_command_line


def main(arguments: list[str]) -> int:
    """Hand over to Django."""
    execute_from_command_line(["decapolis manage", *arguments])
    return 0
