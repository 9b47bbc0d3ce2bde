"""Addresses of sign-in, accounts, roles and the record. Those named account_… and mfa_… are named by allauth."""

from django.urls import path

from decapolis.city.access.views import colleagues, jobs, own_account, record, second_factor, signing_in

FACTOR = "account/second-factor/"
COLLEAGUE = "colleagues/<int:number>/"

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-in/code/", signing_in.sign_in_code, name="mfa_authenticate"),
    path("sign-in/passkey/", signing_in.sign_in_passkey, name="mfa_login_webauthn"),
    path("sign-out/", signing_in.sign_out, name="account_logout"),
    path("welcome/<str:secret>/", signing_in.welcome, name="welcome"),
    path("first-account/<str:secret>/", signing_in.first_account, name="first-account"),
    path("account/", own_account.own_account, name="own-account"),
    path("account/password/", own_account.password, name="account_change_password"),
    path("account/sessions/", own_account.sessions, name="own-sessions"),
    path(FACTOR, second_factor.overview, name="mfa_index"),
    path(FACTOR + "app/", second_factor.add_app, name="mfa_activate_totp"),
    path(FACTOR + "app/remove/", second_factor.remove_app, name="mfa_deactivate_totp"),
    path(FACTOR + "passkey/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path(FACTOR + "passkey/<int:pk>/remove/", second_factor.remove_passkey, name="mfa_remove_webauthn"),
    path(FACTOR + "codes/", second_factor.codes, name="mfa_view_recovery_codes"),
    path(FACTOR + "codes/new/", second_factor.new_codes, name="mfa_generate_recovery_codes"),
    path("account/confirm/", second_factor.confirm_by_password, name="account_reauthenticate"),
    path("account/confirm/code/", second_factor.confirm_by_code, name="mfa_reauthenticate"),
    path("account/confirm/passkey/", second_factor.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("who-may-do-what/", colleagues.who_may_do_what, name="who-may-do-what"),
    path("colleagues/", colleagues.colleagues, name="colleagues"),
    path("colleagues/invite/", colleagues.invite, name="invite"),
    path(COLLEAGUE, colleagues.colleague, name="colleague"),
    path(COLLEAGUE + "link/", colleagues.new_link, name="new-link"),
    path(COLLEAGUE + "give/", colleagues.give, name="give-role"),
    path(COLLEAGUE + "<int:membership>/confirm/", colleagues.confirm, name="confirm-role"),
    path(COLLEAGUE + "<int:membership>/end/", colleagues.end, name="end-role"),
    path("record/", record.record, name="record"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:number>/cancel/", jobs.cancel, name="cancel-job"),
    path("jobs/<int:number>/retry/", jobs.retry, name="retry-job"),
]
