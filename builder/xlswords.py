"""The sentences of the report on a workbook of XLSForm, by the codes of `builder.xlsform`."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

UNREADABLE: Mapping[str, str | Promise] = {
    "cell.size": gettext_lazy(
        "A cell has more than {limit} characters: sheet “{sheet}”, row {row}. Shorten it."
    ),
    "file.broken": gettext_lazy("This file is damaged and cannot be read. Save it as .xlsx anew."),
    "file.nothing": gettext_lazy("The file is empty."),
    "file.other": gettext_lazy("This is no workbook. Save the form as an Excel workbook (.xlsx) or as CSV."),
    "file.size": gettext_lazy(
        "The file is too large: at most {limit} MB are taken. Remove pictures from it."
    ),
    "file.wide": gettext_lazy("The sheets of this old workbook are too large. Save it as .xlsx."),
    "pyxform.missing": gettext_lazy(
        "Workbooks of XLSForm cannot be read on this server: a part that does so is not installed. "
        "Whoever runs the server can add it."
    ),
    "file.list": gettext_lazy(
        "The file “{name}” cannot be read as CSV. Open it in a spreadsheet, and save it as CSV anew."
    ),
    "file.list_rows": gettext_lazy(
        "The file “{name}” has more than {limit} rows. Upload it under Lists, and choose it in the editor."
    ),
    "zip.books": gettext_lazy(
        "There is more than one workbook: {found}. Choose one of them, and its CSV files."
    ),
    "zip.broken": gettext_lazy(
        "This ZIP archive is damaged and cannot be opened. Pack it anew, or choose its files."
    ),
    "zip.large": gettext_lazy(
        "This ZIP archive is far too large unpacked. Choose the workbook and its CSV files alone."
    ),
    "zip.locked": gettext_lazy(
        "This ZIP archive is locked with a password. Pack it without one, or choose its files."
    ),
    "zip.many": gettext_lazy(
        "There are more than {limit} files. Choose the workbook and the CSV files it uses."
    ),
    "zip.none": gettext_lazy(
        "There is no workbook with the questions among these files: {found}. Choose it, too, as .xlsx."
    ),
    "zip.unsafe": gettext_lazy(
        "This ZIP archive is put together in a way that is not safe. "
        "Choose the files that are inside instead."
    ),
    "sheet.columns": gettext_lazy(
        "The sheet “{sheet}” has more than {limit} columns. Remove those not needed."
    ),
    "sheet.heads": gettext_lazy(
        "The first row of the sheet “{sheet}” is empty. It has to name the columns: type, name, label."
    ),
    "sheet.rows": gettext_lazy("The sheet “{sheet}” has more than {limit} rows. Divide the form."),
    "sheet.survey": gettext_lazy(
        "There is no sheet called “survey”, which has the questions. The sheets are: {found}."
    ),
}

SENTENCES: Mapping[str, str | Promise] = {
    # not taken
    "calculate.none": gettext_lazy("There is nothing to work out: the column for the formula is empty."),
    "group.empty": gettext_lazy("Nothing inside could be taken."),
    "group.never_begun": gettext_lazy("This ends a group or repeat that was never begun."),
    "hidden.empty": gettext_lazy("A hidden value without a first value or a formula says nothing."),
    "inside": gettext_lazy("This stands inside “{name}”, which was not taken."),
    "list.answers": gettext_lazy("Answers to other questions cannot be offered as a list."),
    "list.long": gettext_lazy(
        "The list “{name}” has {number} answers; at most {limit} are possible in a form. "
        "Upload it under Lists, and choose it in the editor."
    ),
    "list.none": gettext_lazy("There is no list “{name}” in the sheet “{among}”."),
    "nothing.asked": gettext_lazy(
        "Nothing that can be answered is left, so there is no form to put this in."
    ),
    "not_possible": gettext_lazy("The form cannot work like this: {sentence}"),
    "option.listless": gettext_lazy("This answer belongs to no list: the column “list_name” is empty."),
    "option.nameless": gettext_lazy("This answer has no name: the column “name” is empty."),
    "option.twice": gettext_lazy("“{name}” stands in this list already."),
    "option.unused": gettext_lazy("No question that was taken offers the list “{name}”."),
    "questions.many": gettext_lazy("The form has as many questions as it can have ({limit})."),
    "range.wrong": gettext_lazy("The bounds of this range are not numbers that can be used."),
    "rank.long": gettext_lazy("Only lists of 2 to {limit} answers can be put in order."),
    "relevant.never": gettext_lazy("This is never shown."),
    "repeat.deep": gettext_lazy("A repeat in a repeat in a repeat cannot be asked for."),
    "row.above": gettext_lazy("This stands above the names of the columns; nothing is asked with it."),
    "row.disabled": gettext_lazy("This row is switched off in the file."),
    "settings.second": gettext_lazy("Only the first row of the settings counts."),
    "type.moment": gettext_lazy(
        "“{type}” notes a time. Every case keeps by itself when the application was sent; "
        "ask for another time with time or dateTime."
    ),
    "type.device": gettext_lazy(
        "“{type}” notes something about the telephone; a form here does not know that."
    ),
    "type.file": gettext_lazy(
        "The answers stand in the file “{name}”. Choose this file, too, beside the workbook, "
        "or upload it under Lists and choose it in the editor."
    ),
    "type.file_column": gettext_lazy(
        "The file “{name}” has no column “{head}” that could tell its answers apart. "
        "Its first row has to name the columns."
    ),
    "search.how": gettext_lazy(
        "Only “matches” can be searched for here, with one or two columns and their values. "
        "Write a choice_filter in place of it: {value}"
    ),
    "search.mixed": gettext_lazy(
        "The list “{name}” mixes answers of its own with those of a file. "
        "Write one row into it, or select_one_from_file as the type."
    ),
    "type.search": gettext_lazy(
        "The answers are looked up in the file “{name}” with “search”. "
        "Choose this file, too, beside the workbook."
    ),
    "type.lines": gettext_lazy(
        "“{type}” asks for lines or areas on a map, which a form here cannot. "
        "Ask for a place (geopoint), or for a file with the drawing."
    ),
    "type.near": gettext_lazy("“{type}” is no type of XLSForm. Write “{near}”, if that is meant."),
    "type.none": gettext_lazy("The row does not say what it is: the column “type” is empty."),
    "type.old": gettext_lazy("“{type}” is an old way of writing forms. Use a repeat."),
    "type.cascade": gettext_lazy(
        "“{type}” is an old way of asking from the large to the small. "
        "Write one select_one for each level, with a choice_filter."
    ),
    "type.include": gettext_lazy("“{type}” takes in another workbook. Copy its rows into this sheet."),
    "type.outside": gettext_lazy(
        "“{type}” belongs to a file outside the workbook. Put its answers into the sheet “choices”."
    ),
    "type.program": gettext_lazy(
        "“{type}” is known to one other program only. Ask what stands inside as single questions."
    ),
    "type.select": gettext_lazy(
        "“{type}” names no list. Write the name of a list of the sheet “choices” behind it."
    ),
    "type.sound": gettext_lazy("“{type}” asks for sound or film, which cannot be handed in. Ask for a file."),
    "type.unknown": gettext_lazy(
        "“{type}” is no type of XLSForm. Write a type in its place, such as text, integer or select_one."
    ),
    # taken without
    "calculate.not_here": gettext_lazy(
        "The answer to this kind of question cannot be worked out; it is asked."
    ),
    "column.foreign": gettext_lazy("This column is for other programs."),
    "column.media": gettext_lazy("Pictures and sounds beside a question are not taken."),
    "column.twice": gettext_lazy("There are two columns of this name; the first one counts."),
    "condition.long": gettext_lazy("This is too long for a condition of the form: {value}"),
    "default.no_use": gettext_lazy("There is no place for a first answer here."),
    "default.wrong": gettext_lazy(
        "The question cannot begin with “{value}”: it would not be an answer to it."
    ),
    "expression.arguments": gettext_lazy("A function has too few or too many parts: {value}"),
    "expression.cells": gettext_lazy("Columns of a list can only be compared with words: {value}"),
    "expression.choices": gettext_lazy("Several chosen answers can only be asked for one by one: {value}"),
    "expression.constant": gettext_lazy("This is always the same, whatever is answered: {value}"),
    "expression.date": gettext_lazy("Only a day that is written out can be used: {value}"),
    "expression.empty": gettext_lazy("Only an answer can be asked whether it is there: {value}"),
    "expression.choice_name": gettext_lazy(
        "Rules do not know the words of an answer. Compare with its name in place of “{name}”: {value}"
    ),
    "expression.day": gettext_lazy(
        "Rules know days, not their parts or the time. Ask for a date, and compare dates: {value}"
    ),
    "expression.device": gettext_lazy("“{name}” is something only a telephone knows: {value}"),
    "expression.function": gettext_lazy("“{name}” is no function that rules here know: {value}"),
    "expression.lookup": gettext_lazy(
        "“{name}” looks something up in a list. "
        "That works only for the row that a question has chosen: {value}"
    ),
    "lookup.answer": gettext_lazy(
        "A file is looked up here by the answer to a question with a list. "
        "Ask for it with select_one: {value}"
    ),
    "lookup.column": gettext_lazy("The file “{name}” has no column “{head}”: {value}"),
    "lookup.file": gettext_lazy(
        "This looks something up in the file “{name}”. Choose this file, too, beside the workbook: {value}"
    ),
    "expression.shifted": gettext_lazy(
        "A day with days added to it can be compared with another day, but not be an answer: {value}"
    ),
    "expression.made": gettext_lazy(
        "“{name}” takes a part of an answer or writes it in another way, which rules here cannot. "
        "Show the answer as it is: {value}"
    ),
    "expression.once": gettext_lazy(
        "“{name}” is worked out once and kept; here a formula is worked out anew each time. "
        "Write it into “default” of a question, which begins with it: {value}"
    ),
    "expression.pattern": gettext_lazy(
        "A pattern can only be asked of the answer itself. "
        "Write it into “constraint” of that question: {value}"
    ),
    "expression.place": gettext_lazy("Nothing can be measured on a map here: {value}"),
    "expression.rows_one": gettext_lazy(
        "Rows have no number here and cannot be looked up one by one; they are counted or added up: {value}"
    ),
    "expression.selected_at": gettext_lazy(
        "Chosen answers have no order here. Ask for each of them with “selected”: {value}"
    ),
    "expression.long": gettext_lazy("This is too long for a rule of the form: {value}"),
    "expression.now": gettext_lazy("The time of the day is not known to rules: {value}"),
    "expression.numbers": gettext_lazy("Only numbers can be reckoned with: {value}"),
    "expression.option": gettext_lazy("This names an answer that is not offered: {value}"),
    "expression.order": gettext_lazy("Words cannot be compared by size: {value}"),
    "expression.path": gettext_lazy("Places inside the data cannot be looked up: {value}"),
    "expression.question": gettext_lazy("Here the name of a question is needed: {value}"),
    "expression.rows": gettext_lazy("Rows can only be counted or added up: {value}"),
    "expression.rows_hidden": gettext_lazy(
        "Some rows may not ask this question, so its answers cannot be taken together: {value}"
    ),
    "expression.places": gettext_lazy(
        "A quotient may have decimals without end. Write “round” around it, with a number of places: {value}"
    ),
    "expression.self": gettext_lazy("A dot stands for the answer only in the column “constraint”: {value}"),
    "expression.syntax": gettext_lazy("This is not written as XLSForm asks for: {value}"),
    "expression.thing": gettext_lazy("Of such an answer only can be asked whether it is there: {value}"),
    "expression.whole": gettext_lazy(
        "“{name}” is known for whole numbers only. Ask for them with “integer”: {value}"
    ),
    "expression.types": gettext_lazy("Two kinds of answers that do not fit are compared: {value}"),
    "filter.not_here": gettext_lazy(
        "The answers of this kind of question cannot be filtered; all are offered."
    ),
    "group.deep": gettext_lazy(
        "A group in a group in a group is not possible; its name stands as a heading, its questions follow."
    ),
    "group.open": gettext_lazy("This is not closed in the file; it ends where what surrounds it ends."),
    "hidden.shown": gettext_lazy("The value is not hidden: it is shown, and cannot be changed."),
    "kind.barcode": gettext_lazy("The code is typed, not scanned."),
    "kind.place": gettext_lazy(
        "The place is asked on a map, with its area and in words; height and precision are not kept."
    ),
    "kind.today": gettext_lazy("The day on which the application is sent is noted."),
    "integer.long": gettext_lazy(
        "Whole numbers have at most 12 digits here. Write “text” as the type to ask for a longer one: {value}"
    ),
    "language.other": gettext_lazy("The words in this language are not taken: {language}"),
    "look.drawing": gettext_lazy("A picture is handed in; it cannot be drawn here."),
    "look.part_of_date": gettext_lazy("A whole date is asked for."),
    "name.none": gettext_lazy("The row has no name, so no rule can refer to it."),
    "name.twice": gettext_lazy("“{name}” is the name of another row already; rules refer to the first one."),
    "option.media": gettext_lazy("Pictures and sounds beside an answer are not taken."),
    "pattern.foreign": gettext_lazy(
        "This pattern cannot be used; the text is not checked against it: {value}"
    ),
    "pattern.negated": gettext_lazy(
        "What an answer must not look like cannot be said of this pattern. "
        "Write the pattern of what it must look like: {value}"
    ),
    "pattern.not_here": gettext_lazy("A pattern can only be asked of a text on one line: {value}"),
    "rank.other": gettext_lazy("“Other” cannot be put in order; it is left out."),
    "rank.places": gettext_lazy(
        "The order is asked as a place for each; the same place twice is not refused."
    ),
    "readonly.condition": gettext_lazy("A question cannot be locked by a condition; it can be answered."),
    "readonly.empty": gettext_lazy(
        "Nothing fills this in beforehand, so it is asked like any other question."
    ),
    "reference.later": gettext_lazy("This depends on a question that comes later: {value}"),
    "reference.no_answer": gettext_lazy("This depends on something that has no answer: {value}"),
    "reference.none": gettext_lazy("This depends on something that is not in the form: {value}"),
    "reference.refused": gettext_lazy("This depends on a row that was not taken: {value}"),
    "reference.rows": gettext_lazy("This depends on an answer in the rows of a repeat: {value}"),
    "reference.self": gettext_lazy("This depends on its own answer: {value}"),
    "repeat.counted": gettext_lazy("The rows are added by hand; the form checks how many there are."),
    "repeat.many": gettext_lazy("At most {limit} rows can be asked for."),
    "rule.no_use": gettext_lazy("There is no place for this rule here."),
    "sheet.near": gettext_lazy("Other programs look for a sheet “{near}”. Give this sheet that name."),
    "sheet.not_taken": gettext_lazy("This sheet is not taken."),
    "text.long": gettext_lazy("The words are cut off after {limit} characters."),
    "text.second": gettext_lazy(
        "There are two columns with words in the same language; the one that names its language counts."
    ),
    "text.reference": gettext_lazy(
        "The answer cannot be shown here; the name of that question stands there."
    ),
    # only about the look
    "calculate.shown": gettext_lazy("What is worked out is shown in the form."),
    "file.other": gettext_lazy("This file is neither a workbook nor CSV; it is left out."),
    "file.unused": gettext_lazy("No question that was taken uses this file."),
    "group.noted": gettext_lazy("Nothing is asked in this group, so it is no page of its own."),
    "column.unknown": gettext_lazy("This column is not part of XLSForm."),
    "column.unused": gettext_lazy("No filter uses this column."),
    "label.none": gettext_lazy("There are no words for this; its name stands in the form."),
    "language.taken_as": gettext_lazy("The words in “{language}” are taken as the words of the form."),
    "look.other": gettext_lazy("“{value}” is only about the look of another program."),
    "look.signature": gettext_lazy("A name is typed under the words; a drawing beside it is welcome."),
    "message.alone": gettext_lazy("There is no rule that these words are about."),
    "message.count": gettext_lazy("The form says this in its own words."),
    "name.form": gettext_lazy("The name “{name}” is changed inside; nobody sees it."),
    "settings.in_rows": gettext_lazy(
        "A setting among the questions; the sheet “settings” is the place for it."
    ),
    "settings.number": gettext_lazy("Services have their own number and address here."),
    "settings.other": gettext_lazy("This setting is for other programs."),
    "sheet.other": gettext_lazy("This sheet is not part of XLSForm."),
    "text.markup": gettext_lazy("Signs for bold letters, colours and links are shown as they are."),
}
