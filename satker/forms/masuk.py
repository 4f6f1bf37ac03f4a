"""allauth's forms in the house's words."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp

KATA_SANDI, KATA_SANDI_BARU, ULANGI = "Kata sandi", "Kata sandi baru", "Ulangi kata sandi baru"


def relabel(form, **daftar_label) -> None:
    """Our label on each field; no grey text inside that disappears while typing."""
    for nama, label in daftar_label.items():
        field = form.fields[nama]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["class"] = "input"


def explain_sandi(field) -> None:
    """Say what a password must be before it is refused. See also AUTH_PASSWORD_VALIDATORS."""
    field.help_text = (
        "Paling sedikit 10 karakter, bukan hanya angka, bukan kata sandi yang umum, dan tidak "
        "mirip nama atau alamat surel Anda. Beberapa kata yang Anda ingat sudah cukup."
    )


class LoginForm(account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, login="Alamat surel", password=KATA_SANDI)


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(
            self, oldpassword="Kata sandi sekarang", password1=KATA_SANDI_BARU, password2=ULANGI
        )
        explain_sandi(self.fields["password1"])


class ResetPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, email="Alamat surel")

    def clean_email(self):
        """Who never took up the invitation gets no second way in beside it."""
        email = super().clean_email()
        self.users = [satu for satu in self.users if satu.has_usable_password()]
        return email


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, password1=KATA_SANDI_BARU, password2=ULANGI)
        explain_sandi(self.fields["password1"])


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        relabel(self, password=KATA_SANDI)


def prepare_kode(form, label: str) -> None:
    relabel(form, code=label)
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class AuthenticateForm(mfa.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        prepare_kode(self, "Kode autentikator atau kode cadangan")


class ReauthenticateMFAForm(mfa.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        prepare_kode(self, "Kode autentikator atau kode cadangan")


class ActivateTOTPForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        prepare_kode(self, "Kode dari aplikasi")
