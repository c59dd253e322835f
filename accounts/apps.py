from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who: State parties, bodies, agencies, people, roles, sign-in."""

    name = "accounts"

    def ready(self) -> None:
        # Models are ready only now.
        from accounts import context, jobs, notifications, signing, strays
        from accounts.presenters.navigation import catalogue_shown, settings_shown
        from accounts.services import files_ready, uploads

        signing.connect()
        jobs.each_minute += [notifications.mail_urgent, notifications.mail_digests, notifications.prune]
        jobs.each_minute += [strays.due, uploads.sweep]
        notifications.visible["accounts.job"] = files_ready.visible_job_ids
        notifications.addresses["accounts.job"] = files_ready.job_addresses
        notifications.sentences.update(files_ready.SENTENCES)
        context.navigation.append(
            context.Entry(_("Reference data"), "admin:index", icon="archive-box", order=80, shown=catalogue_shown)
        )
        context.navigation.append(
            context.Entry(_("Settings"), "settings", icon="cog-6-tooth", order=90, shown=settings_shown)
        )
