"""Django's admin, for the operator of the installation."""
