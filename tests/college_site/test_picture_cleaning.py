"""Uploaded pictures: how many pixels each format may have, and decoding in the sandbox."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from college_site.uploads.pictures import picture_cleaning
from college_site.uploads.pictures.images import PictureFormField
from tests.college_site.test_images import encode, exif_with_location, gradient

# Pixels -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("format", "accepted", "refused"),
    [
        ("JPEG", (8192, 6144), (10_000, 5_101)),
        ("HEIF", (5712, 4284), (5800, 4400)),
        ("PNG", (5120, 2880), (5000, 3601)),
        ("WEBP", (4096, 3072), (4200, 3001)),
    ],
)
def test_each_format_has_its_own_limit_of_pixels(format, accepted, refused):
    picture_cleaning.check_pixels(format, accepted)
    with pytest.raises(ValidationError) as caught:
        picture_cleaning.check_pixels(format, refused)
    assert caught.value.code == "picture_too_many_pixels"


def test_a_progressive_jpeg_may_have_fewer_pixels():
    picture_cleaning.check_pixels("JPEG", (5000, 4000))
    with pytest.raises(ValidationError, match="в прогрессивном JPEG принимается до 18 млн"):
        picture_cleaning.check_pixels("JPEG", (5000, 4000), is_progressive=True)


def test_too_many_pixels_give_an_explanation_and_a_remedy():
    with pytest.raises(ValidationError, match=r"10000 × 6000.*60 млн.*в PNG.*18 млн.*как.*JPEG"):
        picture_cleaning.check_pixels("PNG", (10_000, 6_000))


# In the sandbox -----------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["JPEG", "MPO", "PNG", "WEBP", "HEIF"])
def test_a_picture_of_a_form_is_decoded_in_the_sandbox(format, monkeypatch):
    data = encode(gradient(), format, exif=exif_with_location())
    monkeypatch.setattr(Image, "open", pytest.fail)
    picture = PictureFormField(side=60).to_python(SimpleUploadedFile("logo", data))
    assert (picture.width, picture.height) == (60, 40)


def test_a_picture_with_a_colour_profile_is_decoded_in_the_sandbox():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encode(gradient(), "PNG", icc_profile=profile)
    assert PictureFormField().to_python(SimpleUploadedFile("logo", data)).width == 120


def test_a_picture_refused_in_the_sandbox_keeps_its_reason():
    with pytest.raises(ValidationError, match="Это не фотография") as caught:
        PictureFormField().to_python(SimpleUploadedFile("logo", b"text"))
    assert caught.value.code == "picture_unknown"
