"""Form fields as our pages draw them: native date picker, error text tied to its field."""

from decimal import Decimal

from django import forms
from django.core.validators import RegexValidator

from integritas.angka import AngkaSalahError, parse_angka, show_angka


class DateField(forms.DateField):
    """A day; the browser sends ISO, people without a picker may type `31/01/2024`."""

    input_formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", self.input_formats)
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Tanggal tidak dikenal. Tulis seperti 2024-01-31."


class AngkaField(forms.CharField):
    """A number of zero or more with a decimal comma; `digit` counts all its places."""

    def __init__(self, *, digit: int = 18, desimal: int = 4, **kwargs):
        self.desimal, self.maks = desimal, Decimal(10) ** (digit - desimal) - 1
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        teks = super().to_python(value)
        try:
            return parse_angka(teks, desimal=self.desimal, maks=self.maks) if teks else None
        except AngkaSalahError as error:
            raise forms.ValidationError(str(error)) from error

    def run_validators(self, value):
        """Those of a text do not apply; the number was looked at above."""

    def validate(self, value):
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value):
        return show_angka(value) if isinstance(value, Decimal) else value


# A browser sends none from a field of one line; in a title or a name it would forge lines of a message.
refuse_baris = RegexValidator(r"[\r\n]", "Tulis dalam satu baris.", "baris", inverse_match=True)


class FormulirMixin:
    """Gives every control its class and, when refused, its aria attributes; what is written in one
    line stays one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
                field.empty_label = "Pilih"
            if isinstance(field, forms.CharField) and isinstance(field.widget, forms.TextInput):
                field.validators.append(refuse_baris)
            if not isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect):
                field.widget.attrs.setdefault("class", "input")

    def refuse(self, pesan):
        """Show a refused step as an error of the whole form."""
        self.add_error(None, pesan)


def read_post(request):
    """What a form is bound to: an empty POST is an answer too, a GET is none."""
    return request.POST if request.method == "POST" else None
