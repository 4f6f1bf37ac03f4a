"""Form fields as our pages draw them: native date picker, error text tied to its field."""

from django import forms


class DateField(forms.DateField):
    """A day; the browser sends ISO, people without a picker may type `31/01/2024`."""

    input_formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", self.input_formats)
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Tanggal tidak dikenal. Tulis seperti 2024-01-31."


class FormulirMixin:
    """Gives every control its class and, when refused, its aria attributes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
                field.empty_label = "Pilih"
            if not isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect):
                field.widget.attrs.setdefault("class", "input")

    def refuse(self, pesan):
        """Show a refused step as an error of the whole form."""
        self.add_error(None, pesan)


def read_post(request):
    """What a form is bound to: an empty POST is an answer too, a GET is none."""
    return request.POST if request.method == "POST" else None
