"""What a browser says when it sends a file in pieces."""

from django import forms

from accounts.numbers import BIGGEST


class StartForm(forms.Form):
    name = forms.CharField(max_length=1000, required=False)
    size = forms.IntegerField(min_value=0, max_value=BIGGEST)
    modified = forms.IntegerField(min_value=-BIGGEST, max_value=BIGGEST, required=False)  # milliseconds
    fresh = forms.BooleanField(required=False)


class PieceForm(forms.Form):
    offset = forms.IntegerField(min_value=0, max_value=BIGGEST)
    piece = forms.FileField(allow_empty_file=True)
