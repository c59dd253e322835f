"""Settings of the tests: the product's own, with a cheap password hash and jobs done at once."""

import os
import tempfile
from pathlib import Path

os.environ["SERVANDA_DEBUG"] = "0"
os.environ["SERVANDA_DEMO"] = "0"
os.environ.setdefault(
    "SERVANDA_SECRET_KEY", "a-key-that-only-tests-know-and-that-is-long-enough-for-the-deployment-check"
)
os.environ.setdefault("SERVANDA_DATA", str(Path(tempfile.gettempdir()) / f"servanda-tests-{os.getuid()}"))
os.environ.setdefault("SERVANDA_COLLECTED", "0")
os.environ.setdefault("SERVANDA_HTTPS", "0")
os.environ.setdefault("SERVANDA_POOL", "0")
os.environ.setdefault("SERVANDA_MAIL", "memorymail://")

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "exports"]}}
AXES_ENABLED = False
ALLOWED_HOSTS = ["*"]

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - whitenoise warns where it is missing
MIDDLEWARE = ["tests.addresses.no_separators", *MIDDLEWARE]  # noqa: F405
