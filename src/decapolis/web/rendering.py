"""How forms are written: every form of the product, also those of other packages, by the templates in ``web/form``."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Django's renderer with our templates for a form and a field."""

    form_template_name = "web/form/form.html"
    field_template_name = "web/form/field.html"
