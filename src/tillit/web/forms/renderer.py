"""Forms in the markup of Designsystemet: one template for every field."""

from django.forms.renderers import DjangoTemplates


class DesignsystemetRenderer(DjangoTemplates):
    """Django's own renderer, with our field and form templates."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
