"""The clean reading view of a section, which is also its print: the working form."""

from typing import Any

from reporting.reports.presenters import citations, files, ruler
from reporting.reports.presenters import section as whole
from reporting.reports.presenters.outline import Place
from reporting.reports.presenters.rows import answers_of, paragraphs_of, readable


def reading(here: Place) -> dict[str, Any]:
    answers = answers_of(here)
    mine = readable(here, answers)
    paragraphs = paragraphs_of(mine)
    held = files.held(here, mine)
    number, questions = here.first_paragraph, []
    for answer in answers:
        if answer in mine:
            questions.append(whole.question(here, answer, paragraphs[answer.pk], None, number, held=held, beside={}))
        number += answer.paragraph_count
    citations.mark(here, mine, questions)
    section = here.section
    return {
        "head": whole.head(here),
        "questions": questions,
        "ruler": ruler.ruler(section.words, section.allotment, last=section.last_words, code=section.code),
        "beside_ruler": ruler.beside(section.last_words, here.report.word_limit),
    }
