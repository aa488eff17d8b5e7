"""An account, and the roles that it holds at boards and units for a time."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tillit.web.models.board import Board, Unit


class UserManager(BaseUserManager["User"]):
    """Makes accounts. There is no superuser: nobody sees a case for being an administrator."""

    def create_user(self, username: str, name: str, password: str | None = None, **fields: object) -> "User":
        """An account; without a password it can only log in through the municipality's identity provider."""
        user = self.model(username=username, name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account of an employee or of someone outside; never a client as such."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="sv")
    is_active = models.BooleanField(default=True)
    external = models.BooleanField(
        default=False, help_text="someone outside: the portal alone, whatever roles are held"
    )
    password_is_given = models.BooleanField(
        default=False, help_text="someone else has made its password: nothing opens before it is changed"
    )
    reminded_on = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A role held by a person at a board (and perhaps only a unit) from one day to another."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=10)
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=[("local", "Lokalt"), ("claims", "Inloggning")], default="local")
    substitute_for = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["user", "valid_from"])]
