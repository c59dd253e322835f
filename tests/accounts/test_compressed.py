"""Pages travel compressed, by what the browser takes."""

import gzip

import brotli
import pytest
from django.test import Client

PAGE = "/account/login/"
pytestmark = pytest.mark.django_db


def fetched(accept: str):
    return Client().get(PAGE, headers={"accept-encoding": accept})


@pytest.mark.parametrize("accept", ["br", "gzip, deflate, br, zstd", "gzip, br;q=0.9"])
def test_a_page_is_compressed_by_brotli_for_a_browser_that_takes_it(accept):
    reply = fetched(accept)

    assert reply["Content-Encoding"] == "br"
    assert reply["Content-Length"] == str(len(reply.content))
    assert "Accept-Encoding" in reply["Vary"]
    assert "</html>" in brotli.decompress(reply.content).decode()


def test_by_gzip_for_one_that_takes_only_that_and_not_at_all_for_one_that_takes_neither():
    assert "</html>" in gzip.decompress(fetched("gzip, deflate").content).decode()
    assert "</html>" in fetched("identity").content.decode()


def test_how_long_an_answer_is_tells_nothing_exactly():
    lengths = {len(fetched("br")["X-Padding"]) for _time in range(20)}

    assert len(lengths) > 1
    assert max(lengths) <= 100
