"""In which words is each fault told: what is wrong, why that matters, and how to mend it?"""

__all__ = ["MESSAGES"]


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


MESSAGES: dict[str, tuple[str, str, str]] = {
    # commands and parameters
    "case_name": (
        _('"{case}" is not the name of a case.'),
        _("a case is named by its folder under the data folder, without any path."),
        _("give one of: {known}."),
    ),
    "case_unknown": (
        _('there is no case "{case}" in {folder}.'),
        _("a case is a folder with a datapackage.json."),
        _("give one of: {known}."),
    ),
    "case_older": (
        _("the tables of this case are of an earlier version."),
        _("columns have been added since, and what they mean must be filled in."),
        _("run: netanalysis upgrade {case}. The tables as they are now are kept."),
    ),
    "case_newer": (
        _("the tables of this case are of a later version than this netanalysis knows."),
        _("what it does not know would be lost."),
        _("install the version of netanalysis that made the case, or a later one."),
    ),
    "case_language": (
        _("the case {case} has no texts in the language {language}."),
        _("a page is made in a language that the case is written in."),
        _("take {known}; or fill in the texts, and name the language in the table case."),
    ),
    "workspace_none": (
        _("there is no workspace in {folder} or above it."),
        _(
            "netanalysis works in a workspace: a folder with the folders data and notebooks. "
            "Elsewhere nothing is read or written."
        ),
        _(
            "run the command in the workspace; or name its data folder with --data, or in the "
            "environment variable {variable}."
        ),
    ),
    "notebook_unknown": (
        _('there is no notebook "{notebook}" in {folder}.'),
        _("notebooks are named by their file, without path or ending."),
        _("give one of: {known}."),
    ),
    "notebook_broken": (
        _("{notebook} is not a notebook that can be read: {detail}"),
        _("it must be a Jupyter notebook of version 4."),
        _("take the notebook from the repository again."),
    ),
    "network_unknown": (
        _('the case has no network "{network}".'),
        _("a network is named by its short name in the table networks."),
        _("give one of: {known}."),
    ),
    "parameter_unknown": (
        _('the notebook has no parameter "{name}".'),
        _("a parameter that nothing reads would be dropped without a word."),
        _("the parameters are:\n{known}"),
    ),
    "parameter_type": (
        _('parameter {name}: "{value}" is not {type}.'),
        _("the notebook would fail, or count with something else than you meant."),
        _("the parameters are:\n{known}"),
    ),
    "parameter_twice": (
        _("parameter {name} is given twice."),
        _("only one value can hold."),
        _("give the case as the argument and the language with --language."),
    ),
    "values_unknown": (
        _("the values of {name} are not known."),
        _("all can only be taken where the values can be listed."),
        _("take one of: {known}; or write a plan, with a row for each report."),
    ),
    # plans of many reports
    "plan_missing": (
        _("the file is missing."),
        _("a plan is a CSV file, with a row for each report."),
        _("name the file, or leave it out and use --for-each."),
    ),
    "plan_none": (
        _("nothing says which reports to make."),
        _("a batch needs a plan, or a parameter to make a report for each value of."),
        _("name a CSV file, or give for example --for-each city=all."),
    ),
    "plan_both": (
        _("a plan and --for-each are both given."),
        _("each of them says which reports to make."),
        _("leave one of them out."),
    ),
    "plan_form": (
        _("the file is not a table of values: {detail}"),
        _("a plan is a CSV file in UTF-8; its first row names parameters of the notebook."),
        _("save it as CSV (UTF-8), with commas or semicolons."),
    ),
    "plan_empty": (
        _("the plan has no rows."),
        _("each row is a report."),
        _("add a row below the first one, which names the parameters."),
    ),
    "plan_width": (
        _("the row has {count} cells, and the first row {wanted}."),
        _("each cell belongs to the parameter that the first row names."),
        _("add or remove cells; put text with a comma into quotation marks."),
    ),
    "plan_header": (
        _('the column "{name}" stands twice, or has no name.'),
        _("a value must belong to one parameter."),
        _("name each column once."),
    ),
    "plan_fixed": (
        _("{name} is in the plan and is set for all reports too."),
        _("only one value can hold."),
        _("remove the column, or leave out -p {name} or --{name}."),
    ),
    "plan_name": (
        _('"{name}" cannot name a page.'),
        _(
            "names become files: letters, digits, dots, hyphens and underscores, at most 120, and "
            "no name that Windows or the batch has another use for, such as con or index."
        ),
        _("write another name, or leave the cell empty."),
    ),
    "plan_name_twice": (
        _('two reports would be named "{name}"; the other is in row {other}.'),
        _("one page would replace the other."),
        _("give one of them a name of its own in the column name, or delete the row."),
    ),
    "page_foreign": (
        _("the file is there, and is no page that netanalysis has made."),
        _("what was not made by the same run is not replaced."),
        _("move it away or give another folder with --out; --overwrite replaces it."),
    ),
    "page_other": (
        _("the page is there, and shows another run: other parameters or another notebook."),
        _("what was not made by the same run is not replaced."),
        _("move it away or give another folder with --out; --overwrite replaces it."),
    ),
    "page_edited": (
        _("the page has been edited since it was made."),
        _("what somebody has written into it would be lost."),
        _("move it away or give another folder with --out; --overwrite replaces it."),
    ),
    "list_foreign": (
        _("the file was not written by a batch, or has been edited since."),
        _("the list that a batch writes under this name would replace it."),
        _("move it away or give another folder with --out; --overwrite replaces it."),
    ),
    "for_each_form": (
        _('"{value}" does not say what to take.'),
        _("a report is made for each value of a parameter of the notebook."),
        _("write for example city=all or city=Stockholm,Oslo."),
    ),
    "folder_in_use": (
        _("{folder} is being written to already: {holder}."),
        _("two at once would undo each other's work."),
        _("wait until that has ended, and run the command again."),
    ),
    "manifest_form": (
        _("the manifest cannot be read: {detail}"),
        _("it says which reports are done, and is written by the batch."),
        _("delete it to make all reports again, or give another folder with --out."),
    ),
    "cluster_missing": (
        _("Dask is not installed."),
        _("reports on a cluster are handed out by dask.distributed."),
        _('install it with: pip install "netanalysis[cluster]".'),
    ),
    "cluster_unreachable": (
        _("no cluster with workers answers at {address}: {detail}"),
        _("the reports are made by the workers of a Dask scheduler."),
        _("start dask scheduler and dask worker, or leave out --scheduler."),
    ),
    "cluster_worker": (
        _("the worker {worker} is not ready: {detail}"),
        _("each worker needs this version of netanalysis, and {path}."),
        _("install it there; where the project's folder has another path there, give --root."),
    ),
    # files
    "file_missing": (
        _("the file is missing."),
        _("every table has a file of its own, also one without rows."),
        _("put the file back; a table without rows holds only its header: {header}"),
    ),
    "file_empty": (
        _("the file is empty."),
        _("without its header nobody can tell what the table is."),
        _("write the header as the first row: {header}"),
    ),
    "descriptor": (
        _("the file is not a data package: {detail}."),
        _("datapackage.json says which tables the case has."),
        _("take datapackage.json from a case that works, and change its title."),
    ),
    "table_missing": (
        _('the table "{table}" is not declared.'),
        _("a case has all its tables, also those without rows."),
        _("take the table's entry from the datapackage.json of a case that works."),
    ),
    "table_unknown": (
        _('"{table}" is not a table of a case.'),
        _("what nothing reads would be overlooked."),
        _("take the entry away; the tables are: {known}."),
    ),
    "table_path": (
        _('the path of table "{table}" is "{path}".'),
        _("a case must stand in one folder."),
        _("give the name of a file in the same folder, such as {table}.csv."),
    ),
    "table_schema": (
        _('the columns declared for table "{table}" are not those of a case.'),
        _("the data dictionary would describe another table than the one that is read."),
        _("declare these columns: {known}."),
    ),
    "encoding": (
        _("the file is not in UTF-8."),
        _("å, ä and ö could be read as other letters."),
        _('save it as "CSV UTF-8 (comma delimited)".'),
    ),
    "quote": (
        _("a quotation mark opens here and never closes."),
        _("the rest of the file is read as one cell; it may have been cut off."),
        _("close the quotation mark, or fetch the whole file again."),
    ),
    "quote_inside": (
        _("a quotation mark stands inside a text."),
        _("nobody can tell where the cell ends."),
        _("write it twice inside the text, and one round the whole text."),
    ),
    "table_twice": (
        _('the table "{table}" is declared twice.'),
        _("nobody can tell which of them holds."),
        _("take one of them away."),
    ),
    "column_missing": (
        _('the column "{name}" is missing.'),
        _("every column of the table must be there, also where it is empty."),
        _("add it to the header; the columns are: {known}."),
    ),
    "column_extra": (
        _('"{name}" is not a column of this table.'),
        _("what nothing reads would be overlooked."),
        _("take the column away or mend its name; the columns are: {known}."),
    ),
    "column_twice": (
        _('the column "{name}" stands twice in the header.'),
        _("nobody can tell which of them holds."),
        _("take one of them away."),
    ),
    "cells_few": (
        _("the row has {found} cells where the header has {expected}."),
        _("the row, or the file, may have been cut off."),
        _("fill in the row; an empty cell still has its comma."),
    ),
    "cells_many": (
        _("the row has {found} cells where the header has {expected}."),
        _("a comma inside a text divides it unless the text is in quotation marks."),
        _("put quotation marks round the text."),
    ),
    # cells
    "number": (
        _('"{value}" is not a number.'),
        _("the column holds numbers."),
        _("write a number such as 2 or 0.5, or leave the cell empty if it is not known."),
    ),
    "integer": (
        _('"{value}" is not a whole number.'),
        _("the column holds whole numbers."),
        _("write a number such as 2, or leave the cell empty if it is not known."),
    ),
    "decimal_ambiguous": (
        _('"{value}" can be read in two ways.'),
        _("the file separates cells by semicolons, and the point can be a decimal or a thousand."),
        _("write the decimal with a comma and thousands without a sign."),
    ),
    "date": (
        _('"{value}" is not a date.'),
        _("dates are ISO 8601: year, year-month or year-month-day."),
        _("write 2011, 2011-12 or 2011-12-01, or leave the cell empty if it is not known."),
    ),
    "required": (
        _("the cell is empty."),
        _("nothing is filled in for you, and the row means nothing without it."),
        _("fill in the cell."),
    ),
    "locator": (
        _("the place in the source is missing."),
        _("every figure is to be traced to where it was read."),
        _('write heading and paragraph, such as "Bakgrund ¶2".'),
    ),
    "enum": (
        _('"{value}" is not one of the values that the column can have.'),
        _("each value has a meaning in the calculation."),
        _("write one of: {known}."),
    ),
    "pattern": (
        _('"{value}" does not have the form that the column asks for.'),
        _("short names and codes have one form, so that the tables find each other."),
        _("write it in the form {pattern}; short names have small letters, digits and hyphens."),
    ),
    "currency": (
        _('"{value}" is not a currency.'),
        _("amounts in different currencies are never added, so each has a code of three letters."),
        _("write three capital letters, such as SEK or EUR."),
    ),
    "letter": (
        _('"{value}" is not a letter from A to Z.'),
        _("who noted the evidence is told by a letter, never by a name."),
        _("write one capital letter, such as A."),
    ),
    "minimum": (
        _('"{value}" is too small.'),
        _("the smallest value allowed is {limit}."),
        _("write a value of {limit} or more."),
    ),
    "maximum": (
        _('"{value}" is too large.'),
        _("the largest value allowed is {limit}."),
        _("write a value of {limit} or less."),
    ),
    "cell": (
        _('"{value}" cannot be read.'),
        _("the column does not hold such values."),
        _("mend the cell; datapackage.json describes the column."),
    ),
    "key": (
        _("the row has the same key as row {other}: {key}."),
        _("two rows with one key would be counted twice, or one would hide the other."),
        _("take one of the rows away, or tell them apart by {columns}."),
    ),
    "reference": (
        _('"{value}" is not in the table {table}.'),
        _("the row would belong to nothing."),
        _("write one of: {known}; or add it to {table}.csv."),
    ),
    # between rows and tables
    "rows_one": (
        _("the table has {found} rows."),
        _("a case is one evaluation, in one row."),
        _("keep exactly one row below the header."),
    ),
    "levels": (
        _("the levels are {found}."),
        _("the calculation needs all four levels, from {first} up, each with its own order."),
        _("write the levels {known} with rising order."),
    ),
    "term": (
        _("the term ends ({end}) before it begins ({start})."),
        _("nobody can have held it."),
        _("mend one of the dates."),
    ),
    "seat_outside": (
        _("the term {start}–{end} lies outside the membership ({since}–{until})."),
        _("the city can hold a seat only while it is a member."),
        _("mend the seat or the membership."),
    ),
    "demand_missing": (
        _("level {level} has no demand on {criterion}."),
        _("without it nobody can say whether the level is reached."),
        _("add the row; 0 asks for nothing."),
    ),
    "demand_nested": (
        _("level {level} asks for {demand} on {criterion}, less than {below} asks for ({other})."),
        _("a higher level never asks for less than the one below it."),
        _("raise the demand, or lower that of {below}."),
    ),
    "veto": (
        _("the veto ({veto}) is not worse than the demand ({demand})."),
        _("a rating cannot both meet a demand and bar the level."),
        _("write a worse rating, or leave the veto empty."),
    ),
    "low_high": (
        _("{low_column} ({low}) is above {high_column} ({high})."),
        _("an interval runs from low to high."),
        _("swap them, or mend one."),
    ),
    "weights": (
        _("the bounds on the weights cannot be met: they sum to {low} at least, {high} at most."),
        _("the weights sum to 1."),
        _("lower the lower bounds or raise the upper ones."),
    ),
    "state_both": (
        _("the row has both a rating and the state {state}."),
        _("a statement either supports a rating or says why there is none."),
        _("take away low and high, or the state."),
    ),
    "state_half": (
        _("the row has only half a rating."),
        _("a rating is an interval; where one rating fits, low and high are equal."),
        _("give both low and high."),
    ),
    "state_none": (
        _("the row has neither a rating nor a state."),
        _("a statement either supports a rating or says why there is none."),
        _("give low and high, or write a state: silence or not_applicable."),
    ),
    "answer_no_rating": (
        _("the answer is a rating, and low and high are not both given."),
        _("a rating is an interval; where one rating was given, low and high are equal."),
        _("give both low and high, or another answer."),
    ),
    "answer_both": (
        _("the row has a rating although the answer is {answer}."),
        _("only an answer that rates has a rating."),
        _("write rating as the answer, or take low and high away."),
    ),
    "order": (
        _("{criterion} is compared with itself."),
        _("the statement says nothing."),
        _("name two criteria, or take the row away."),
    ),
    "via": (
        _("the membership in {network} runs via itself."),
        _("leaving a network would have to end it first."),
        _("name another network, or leave via empty."),
    ),
    # what cannot be scored
    "score_nothing": (
        _("{table} is empty."),
        _("without alternatives, criteria and levels there is nothing to score."),
        _("give one of each at least."),
    ),
    "score_twice": (
        _("{table} has the same name twice: {names}."),
        _("a name stands for one alternative, level or criterion."),
        _("rename one of the two, or leave it out."),
    ),
    "score_criteria": (
        _(
            "the criteria of {table} are not those of the demands: missing {missing}; "
            "extra {extra}."
        ),
        _("a criterion left out would change the outcome without a word."),
        _(
            "give every table the same criteria; where a criterion has no evidence, give the "
            "whole scale as its interval."
        ),
    ),
    "score_alternatives": (
        _("{one} and {other} do not have the same alternatives in the same order."),
        _("each interval needs both of its ends."),
        _("make both tables from the same ratings."),
    ),
    "score_no_number": (
        _("{table} has no finite number for {cells}."),
        _("nothing is filled in for a rating that is missing."),
        _("give the interval in which it lies, or the whole scale where nothing is known."),
    ),
    "score_low_above_high": (
        _("{table} above high: {cells}."),
        _("an interval runs from its lowest to its highest value."),
        _("swap the two ends."),
    ),
    "score_scale": (
        _("no value of the scale lies in the interval of {cells}."),
        _("a rating takes one of the values of the scale."),
        _("widen the interval, or give the scale that the ratings are on."),
    ),
    "score_not_nested": (
        _("{table} are not nested: {cells} asks for less than the level below it."),
        _("a network that reaches a level must reach the lower ones too."),
        _("list the levels from the second-lowest up, and let no level ask for less."),
    ),
    "score_veto": (
        _("{table}: the veto is not worse than its demand for {cells}."),
        _("a rating that meets the demand would bar the level."),
        _("set the veto below the demand, above it where less is better."),
    ),
    "score_unknown": (
        _("unknown names in {table}: {names}."),
        _("what nothing else knows would have no effect, and nobody would notice."),
        _("use one of: {known}."),
    ),
    "score_objective": (
        _("objectives must be max or min: {names}."),
        _("the direction decides which end of an interval is the better one."),
        _("write max where more is better, min where less is."),
    ),
    "score_weights_number": (
        _("{found} weights are given, {wanted} are needed."),
        _("each criterion has one weight."),
        _("give the weights by name, or in the order of the demands."),
    ),
    "score_weights_sign": (
        _("weights must be numbers of 0 or more: {names}."),
        _("a negative weight would reward a bad rating."),
        _("turn the objective round instead, or set the weight to 0."),
    ),
    "score_weights_zero": (
        _("all weights are 0."),
        _("no criterion would count."),
        _("give one criterion a weight at least."),
    ),
    "score_weights_sum": (
        _("weights are shares: they must sum to 1, not {total}."),
        _("thresholds are shares of the whole weight."),
        _("divide each weight by their sum."),
    ),
    "score_no_weight": (
        _("no criterion that carries weight applies to {names}."),
        _("there is nothing to judge it on."),
        _("give weight to a criterion that applies, or leave the network out."),
    ),
    "score_threshold": (
        _("threshold {threshold} is not within {half} to {all}, from low to high."),
        _(
            "below half of the weight, criteria could carry a level while as many speak against "
            "it; more than all of it nothing can reach."
        ),
        _("give a threshold from {half} to {all}, half of the weight to all of it."),
    ),
    "score_bounds": (
        _("the bounds of {name} do not run from low to high within 0 to 1."),
        _("weights are shares that sum to 1."),
        _("give a lowest and a highest share."),
    ),
    "score_clash": (
        _("no weights are admissible; these clash, as weights sum to 1: {statements}."),
        _("no set of weights meets them all at once."),
        _("loosen or drop one of them."),
    ),
    "score_draws_few": (
        _("{draws} draws are too few: a page needs {fewest} at least."),
        _("with so few draws a share is little more than chance."),
        _("give more draws; 10,000 give shares to about one percentage point."),
    ),
    "score_form": (
        _("{what} cannot be used: it must be {form}."),
        _("nothing is guessed from another form."),
        _("give it in that form."),
    ),
    "score_statements": (
        _("statements cannot be rated; {faults}."),
        _("each statement has a coder and either a rating within the scale or a state."),
        _("correct the rows in the table of statements."),
    ),
    "score_draws": (
        _("draws must be 1 or more, not {draws}."),
        _("a share is counted over draws."),
        _("10,000 draws give shares to about one percentage point."),
    ),
    "score_shape": (
        _("values and weights do not fit together: {found}."),
        _("every draw needs a weight for each criterion."),
        _("give values as [draws ×] alternatives × criteria and weights as draws × criteria."),
    ),
    "score_unit": (
        _("values outside 0 to 1, or without a number, for {cells}."),
        _("rankings add up values on one scale, and nothing is filled in."),
        _("rescale each criterion so that 0 is the worst and 1 the best."),
    ),
    "score_negative": (
        _("weights must be numbers of 0 or more in every draw: draw {cells}."),
        _("a negative weight would reward a bad value."),
        _("draw them with sample_weights."),
    ),
    "what_if_range": (
        _('{table}: "{value}" for {name} does not run from low to high within {least} to {most}.'),
        _("a value outside its limits would be scored, and nobody would notice."),
        _("give one number, or the lowest and the highest, such as (0.1, 0.3)."),
    ),
    # places and member lists
    "place_outside": (
        _("coordinates outside the world: {names}."),
        _("latitudes run from -90 to 90, longitudes from -180 to 180."),
        _("correct the coordinates; latitude comes first."),
    ),
    "city_unknown": (
        _('no city "{city}" is in any of the member lists.'),
        _("a portrait needs a city that is a member of a network whose list is known."),
        _("did you mean: {known}? A GeoNames id serves too."),
    ),
    "city_none": (
        _('no city "{city}" is in any of the member lists.'),
        _("a portrait needs a city that is a member of a network whose list is known."),
        _("give a city's name in any language, or its GeoNames id."),
    ),
    "places_missing": (
        _("the file is missing."),
        _("members are found by the places that it holds."),
        _("put it back, or name another data folder with --data."),
    ),
    "list_network": (
        _("there is no list of {network}."),
        _("only networks with a member list can be shown."),
        _("give one of: {known}."),
    ),
    "network_name": (
        _('"{network}" is not a short name of a network.'),
        _("short names join the lists to the cases."),
        _("write it in small letters, digits and hyphens, such as eurocities."),
    ),
    "column_option": (
        _('"{entry}" does not name a column.'),
        _("a field of ours stands on the left of the sign, the file's own column on the right."),
        _("write FIELD=NAME, where FIELD is one of: {known}."),
    ),
    "city_ambiguous": (
        _('several cities of the member lists answer to "{city}".'),
        _("nobody guesses which one is meant."),
        _("give the GeoNames id: {known}."),
    ),
    "snapshot_unknown": (
        _("there is no list of {network} as of {snapshot}."),
        _("each list shows the members at one date, and dates are never mixed."),
        _("give one of: {known}."),
    ),
    "snapshot_single": (
        _("there is only one list of {network}, as of {known}."),
        _("who left and who joined shows between two lists."),
        _("give a network with two lists or more: {networks}."),
    ),
    "snapshot_order": (
        _("the list as of {before} is not earlier than the one as of {after}."),
        _("who left and who joined shows from an earlier list to a later one."),
        _("give the earlier date first; the dates are: {known}."),
    ),
    "snapshot_form": (
        _('"{value}" is not a network and a date.'),
        _("a list is named by its network and the date when it was read."),
        _('write for example "union-of-the-baltic-cities 2022".'),
    ),
    "list_unknown": (
        _("no list of {network} as of {snapshot} is described in networks.csv."),
        _("what a list covers must be known before anything is computed from it."),
        _("add a row to networks.csv, or correct network and snapshot here."),
    ),
    "list_empty": (
        _("the list of {network} has no members."),
        _("a list without members says nothing, not that there are none."),
        _("add its members, or take the row out."),
    ),
    "member_reason": (
        _("the member has neither a place nor a reason."),
        _("what cannot be told from a name is said, so that nothing is dropped in silence."),
        _("give geoname_id, or say in reason why there is none."),
    ),
    "list_missing": (
        _("there is no such file."),
        _("a member list is a CSV file or an Excel workbook (.xlsx)."),
        _("check the name and the folder."),
    ),
    "list_form": (
        _("the file cannot be read as a table."),
        _("a member list is a CSV file or an Excel workbook (.xlsx) without a password."),
        _("open it in Excel and save it as CSV UTF-8 or .xlsx."),
    ),
    "list_without_rows": (
        _("the list has no members."),
        _("one row names the columns, and each row below it is a member."),
        _("check that the file holds the list, with a heading above each column."),
    ),
    "list_hidden": (
        _("the list stands on a hidden sheet: {sheets}."),
        _("a sheet that nobody sees may be out of date, and is read only if it is asked for."),
        _('show the sheet in Excel, or ask for it: --sheet "{name}".'),
    ),
    "list_sheet": (
        _('there is no sheet "{name}".'),
        _("the sheets of the file are: {known}."),
        _("write the name as Excel shows it; leave it out for a CSV file."),
    ),
    "list_column": (
        _('there is no column "{name}" for {field}.'),
        _("the columns of the file are: {known}."),
        _("name the column, for example --column {field}=NAME, or write a heading above it."),
    ),
    "member_blank": (
        _("the row has no member."),
        _("each row is a member, named in one cell."),
        _("name the member, or delete the row."),
    ),
    "member_year": (
        _('"{value}" is not a year.'),
        _("the year of joining has four digits, alone or in a date."),
        _("write 2015, or leave the cell empty if it is not known."),
    ),
    "mapping": (
        _("the column names cannot be read: {detail}."),
        _("the file is TOML, with member, country, state, joined_year or standing on the left."),
        _('write for example: member = "Stad".'),
    ),
    "alias_place": (
        _('the alias "{name}" leads to {place}, which is no known place.'),
        _("an alias stands for a place by its GeoNames id."),
        _("correct geoname_id in aliases.csv."),
    ),
    "out_exists": (
        _("the file is there already."),
        _("nothing is overwritten without being asked."),
        _("give another name with --out, or --overwrite."),
    ),
    # overlap and reach
    "overlap_nothing": (
        _("{table} is empty."),
        _("without member lists and networks of its own a city meets nobody."),
        _("give one member and one network at least."),
    ),
    "overlap_columns": (
        _("{table} lacks columns: {names}."),
        _("these columns are needed: {known}."),
        _("take the table as it is loaded, or add the columns."),
    ),
    "overlap_no_network": (
        _("rows of memberships that name no network: {rows}."),
        _("a member belongs to a network."),
        _("name the network, or leave the rows out."),
    ),
    "overlap_geoname_id": (
        _("geoname_id is not a whole number: {names}."),
        _("a city is known by its id in GeoNames; a member without a place has none."),
        _("give the id, or leave the cell empty."),
    ),
    "overlap_snapshots": (
        _("more than one list of one network: {names}."),
        _("two dates of one list would count those who left and those who joined together."),
        _("take one snapshot of each network."),
    ),
    "overlap_coverage": (
        _("coverage is not known for {names}."),
        _("how far a figure holds depends on how much of a network its list holds."),
        _("write one of: {known}."),
    ),
    "overlap_networks": (
        _("unknown names in {given}: {names}."),
        _("only networks with a member list can be counted."),
        _("give some of: {known}."),
    ),
    "overlap_leaving": (
        _("networks to leave that the city is not in: {names}."),
        _("only a membership can be given up."),
        _("leave some of: {known}; or add the network to the city's own."),
    ),
    "overlap_most": (
        _("most must be 1 or more, not {most}."),
        _("it says how many are to be told."),
        _("give a whole number from 1 on."),
    ),
    "overlap_city": (
        _("no complete member list names the city {city}."),
        _("cities are compared by the complete lists that name them."),
        _("give the GeoNames id of a city in one of these lists."),
    ),
    "overlap_by": (
        _('reach cannot be told by "{by}".'),
        _("places are not divided in any other way."),
        _("give one of: {known}."),
    ),
    "overlap_coordinates": (
        _("coordinates outside the world: geoname_id {names}."),
        _("latitudes run from -90 to 90, longitudes from -180 to 180."),
        _("correct the coordinates; latitude comes first."),
    ),
    "overlap_home": (
        _("the home city ({home}) has no coordinates."),
        _("distances are reckoned from it."),
        _("give the GeoNames id of a city that is among the places."),
    ),
    "overlap_place_twice": (
        _("places has one geoname_id twice: {names}."),
        _("an id stands for one place."),
        _("leave out one of the rows."),
    ),
    "overlap_number": (
        _("places has cells in {columns} that are not numbers."),
        _("distances and classes are reckoned with them."),
        _("write numbers, or leave the cells empty."),
    ),
    # who left and who joined
    "turnover_networks": (
        _("two lists of one network are needed, not of: {names}."),
        _("who left and who joined can only be told of one network."),
        _("give an earlier and a later list of the same network."),
    ),
    "contrast_empty": (
        _("one of the two groups has no values."),
        _("a group is compared with another one."),
        _("give one value at least in each group."),
    ),
    "contrast_number": (
        _("a group has values that are missing or infinite."),
        _("means and ranks need numbers."),
        _("leave out what is not known, and say so."),
    ),
    # a new case, and its workbook
    "new_name": (
        _('"{name}" cannot be the name of a case.'),
        _("the name becomes a folder and a file, and is written in commands and addresses."),
        _("write small letters a–z, digits and hyphens, such as {example}."),
    ),
    "new_there": (
        _("there is a case {name} already."),
        _("nothing is overwritten without being asked."),
        _(
            "give another name; or --overwrite, and the tables are put aside, where netanalysis "
            "restore finds them."
        ),
    ),
    "case_put_back": (
        _("the case was missing, and has been put back as it was."),
        _("a command was broken off while it wrote the case."),
        _("look whether what that command was to write is there; if not, run it again."),
    ),
    "case_left_over": (
        _("the case is whole; what was unfinished beside it has been removed."),
        _("a command was broken off while it wrote the case."),
        _("look whether what that command was to write is there; if not, run it again."),
    ),
    "restore_when": (
        _('nothing was put aside at "{when}".'),
        _("each time that tables of a case are replaced, those from before are put aside."),
        _("give one of: {known}."),
    ),
    "new_taken": (
        _("the folder is there already, and holds no case."),
        _("what is in it would be mixed with a case."),
        _("give another name."),
    ),
    "new_city": (
        _('no city answers to "{city}".'),
        _("a case is of one city, which member lists know by its GeoNames number."),
        _("did you mean: {known}? A GeoNames id serves too."),
    ),
    "new_city_none": (
        _('no city answers to "{city}".'),
        _("a case is of one city, which member lists know by its GeoNames number."),
        _("give a city's name in any language, or its GeoNames id."),
    ),
    "new_city_several": (
        _('several cities answer to "{city}".'),
        _("nobody guesses which one is meant."),
        _("give the GeoNames id: {known}."),
    ),
    "workbook_name": (
        _("the file's name does not end in .xlsx."),
        _("Excel refuses a workbook whose name says that it is something else."),
        _("give a name that ends in .xlsx with --out."),
    ),
    "cell_long": (
        _("the text has {count} characters."),
        _("Excel holds 32,767 in a cell, and would cut the rest away."),
        _("shorten the text, or divide it into several rows."),
    ),
    # files and cells of workbooks
    "workbook_missing": (
        _("there is no such file."),
        _("the workbook is looked for where it is named."),
        _("check the name and the folder."),
    ),
    "workbook_empty": (
        _("the file is empty."),
        _("it may have been cut off while it was saved or sent."),
        _("fetch the workbook again."),
    ),
    "workbook_locked": (
        _("the file cannot be opened: {detail}."),
        _("another program may hold it."),
        _("close it in Excel, and try again."),
    ),
    "workbook_other": (
        _("the file is no Excel workbook, whatever its name says, but of another kind ({kind})."),
        _("only workbooks of the form .xlsx are read."),
        _("open it in Excel and save it as Excel Workbook (.xlsx)."),
    ),
    "workbook_old": (
        _("the file is a workbook in the old form of Excel (.xls)."),
        _("only workbooks of the form .xlsx are read."),
        _("open it in Excel and save it as Excel Workbook (.xlsx)."),
    ),
    "workbook_strict": (
        _("the workbook is saved as Strict Open XML."),
        _("only the usual form of .xlsx is read."),
        _('open it in Excel and save it as Excel Workbook (.xlsx), without the word "Strict".'),
    ),
    "workbook_password": (
        _("the workbook is protected by a password."),
        _("nobody can read it without the password, and it is never asked for here."),
        _("open it in Excel, take the password away under File, Info, and save it again."),
    ),
    "workbook_macros": (
        _("the workbook carries macros."),
        _("macros are programs; a workbook that is filled in needs none."),
        _("open it in Excel and save it as Excel Workbook (.xlsx), without macros."),
    ),
    "workbook_bomb": (
        _("unpacked, the file would be very large: {size} MB, with {limit} MB as the limit."),
        _("such a file can bring a machine to a halt."),
        _("copy the rows that are needed into a new workbook."),
    ),
    "workbook_steep": (
        _("unpacked, a part of the file grows to more than {limit} times its size."),
        _("such a file can bring a machine to a halt."),
        _("copy the rows that are needed into a new workbook."),
    ),
    "workbook_parts": (
        _("the file consists of {found} parts, with {limit} as the limit."),
        _("such a file can bring a machine to a halt."),
        _("copy the rows that are needed into a new workbook."),
    ),
    "workbook_rows": (
        _("the workbook has more than {limit} rows."),
        _("no evaluation has so many, and reading them would take very long."),
        _("delete the rows that do not belong there, or copy the others into a new workbook."),
    ),
    "workbook_cells": (
        _("the workbook has more than {limit} cells."),
        _("no evaluation has so many, and reading them would take very long."),
        _("delete the cells that do not belong there, or copy the others into a new workbook."),
    ),
    "workbook_areas": (
        _("merged cells or links span {found} cells, with {limit} as the limit."),
        _("such a file can bring a machine to a halt."),
        _("unmerge the cells, or copy the rows into a new workbook."),
    ),
    "workbook_entities": (
        _("the workbook declares abbreviations of its own inside (a DTD)."),
        _("no program for spreadsheets writes them, and they can bring a machine to a halt."),
        _("open it in Excel and save it as Excel Workbook (.xlsx)."),
    ),
    "workbook_damaged": (
        _("the workbook is damaged: {detail}."),
        _("a part of it is missing or cannot be read, and nothing of it is read by half."),
        _("open it in Excel, let Excel repair it, save it, and check that nothing is lost."),
    ),
    "workbook_styles": (
        _("what stands beside the cells of the workbook, such as styles, is damaged: {detail}."),
        _("its cells can be read, but a copy with marked cells would lose the rest."),
        _("mark the cells named above yourself; or let Excel open, repair and save it first."),
    ),
    "cell_error": (
        _('"{value}" is an error of Excel.'),
        _("a formula found no value, and so the cell says nothing."),
        _("write the value itself, or leave the cell empty if it is not known."),
    ),
    "cell_formula": (
        _("the cell holds a formula: {value}"),
        _("formulas are never worked out here, so that nothing in a workbook can run."),
        _("write the value itself, or copy it and paste it as a value."),
    ),
    "cell_formula_empty": (
        _("the cell holds a formula without its result: {value}"),
        _("the program that made the workbook has left it out, and formulas are never worked out."),
        _("open the workbook in Excel and save it; or write the value itself."),
    ),
    "cell_truth": (
        _('the cell holds the truth value "{value}".'),
        _("the column does not hold such values."),
        _("write the value itself, or leave the cell empty if it is not known."),
    ),
    "cell_number_ambiguous": (
        _('"{value}" can be read as two different numbers.'),
        _("the sign in it can stand before decimals or between thousands."),
        _("write thousands without any sign, and decimals as one or two digits: 1234 or 1,23."),
    ),
    "cell_number_date": (
        _('the cell holds a date ("{value}").'),
        _("Excel may have turned a number such as 1-2 or 1/2 into it."),
        _("set the cell's format to Number, and write the number again."),
    ),
    "cell_date_ambiguous": (
        _('"{value}" can be read as two different dates.'),
        _("nobody can tell the day from the month, or in which century it is."),
        _("write year, month and day: 2025-03-01."),
    ),
    "cell_date_yearless": (
        _('the cell shows a day without its year, and Excel has added one ("{value}").'),
        _("a text such as 3-4 or 1 mars becomes such a date, which nobody meant."),
        _("set the cell's format to Text, and write it again; a date with its year: 2025-03-01."),
    ),
    "cell_date_number": (
        _('the cell holds the date "{value}", which may be a year that Excel took for a day.'),
        _("a year written into a cell for dates becomes a day in the year 1905."),
        _("set the cell's format to Text, and write the year or the date again."),
    ),
    "cell_rating": (
        _('"{value}" is not a rating.'),
        _("ratings are the whole numbers from 0 to 4."),
        _("write 3; or 3-4 where both may fit; or leave the cell empty if it is not known."),
    ),
    "workbook_unlike": (
        _("no sheet of the workbook is one of an evaluation."),
        _("sheets are known by the heads of their columns, such as Network and Member since."),
        _("take a workbook that netanalysis new or netanalysis write has made, and fill it in."),
    ),
    "sheet_missing": (
        _('the sheet "{sheet}" is missing.'),
        _("an evaluation has all its sheets, also those without rows; what stood there is lost."),
        _("put the sheet back, with its heads; netanalysis write makes a workbook with all."),
    ),
    "sheet_heads": (
        _("the sheet has no row of heads that is known."),
        _("columns are known by their heads, and nobody can tell what the cells mean."),
        _("put the heads back; netanalysis write makes a workbook with all of them."),
    ),
    "sheet_twice": (
        _('the sheet holds the same columns as the sheet "{sheet}".'),
        _("nobody can tell which of them holds."),
        _("move the rows into one of them, and delete the other."),
    ),
    "sheet_unread": (
        _("the sheet was not read."),
        _("its heads are not those of an evaluation, or another sheet has more of them."),
        _("nothing, if it holds notes of your own; else give it the heads of the workbook."),
    ),
    "sheet_hidden": (
        _("the sheet is hidden, and was read."),
        _("no sheet that is seen has these columns."),
        _("show the sheet in Excel, and look whether it holds what is meant."),
    ),
    "sheet_hidden_unread": (
        _("the hidden sheet was not read."),
        _("a sheet that is seen has the same columns, and is meant."),
        _("nothing, if it is out of date; else show it, and delete the other."),
    ),
    "sheet_column_missing": (
        _('the column "{name}" is missing.'),
        _("every column must be there, also where it is empty; what stood there is lost."),
        _("put the column back, with this head; it can stand anywhere on the sheet."),
    ),
    "sheet_column_twice": (
        _('the head "{name}" stands here and in {other}.'),
        _("nobody can tell which of them holds."),
        _("delete one of the columns, or change its head."),
    ),
    "sheet_column_unread": (
        _('the column "{name}" was not read.'),
        _("it is not one of the columns of an evaluation."),
        _("nothing, if it holds notes of your own; else mend its head."),
    ),
    "cell_unread": (
        _("the cell was not read."),
        _("it stands beside or above the rows and columns of the sheet."),
        _("nothing, if it holds notes of your own; else move it into a column with a head."),
    ),
    "cell_formula_kept": (
        _("the formula was kept as text: {value}"),
        _("formulas are never worked out here, so that nothing in a workbook can run."),
        _("copy the cell and paste it as a value, if its result is meant."),
    ),
    "row_example": (
        _("the row was not read, as it is marked as an example, though it was changed."),
        _("rows that begin with the mark show how a row can look, and are passed over."),
        _('take "{mark}" away, if the row is one of your own.'),
    ),
    "cells_merged": (
        _("the cells {cells} are merged across columns."),
        _("nobody can tell to which column the text belongs."),
        _("unmerge the cells, and write into each column what belongs there."),
    ),
    "cell_reference": (
        _('"{value}" is not on the sheet {sheet}.'),
        _("the row would belong to nothing."),
        _("choose one of: {known}; or add it to that sheet."),
    ),
    "cell_reference_many": (
        _('"{value}" names more than one row of the sheet {sheet}.'),
        _("nobody can tell which of them is meant."),
        _("write the short name: {known}."),
    ),
    "cell_rating_ends": (
        _('"{value}" is a rating from one to another, and the other end is filled in too.'),
        _("nobody can tell which of them holds."),
        _("write the lowest and the highest into a cell each."),
    ),
    "read_name": (
        _('"{name}" cannot be the name of a case.'),
        _("a case is a folder: small letters a–z, digits, hyphens and underscores."),
        _("name the case, for example --case {example}."),
    ),
    "read_shorter": (
        _("the table has {before} rows, and would have {after}: {lost} fewer."),
        _("rows that the workbook has no longer would be lost."),
        _(
            "run netanalysis write for a workbook with all rows; or give --overwrite. What it "
            "takes away can be brought back with netanalysis restore."
        ),
    ),
    "read_orphans": (
        _('"{value}" is gone from the workbook (table {table}), and answers refer to it: {rows}.'),
        _("what came in with answers stays in the case, and must belong to something."),
        _(
            "put the row back with the short name {value}; a changed name needs that short name "
            "beside it. If the answers are to go too, run netanalysis write {case} --persons "
            "--out FILE and delete their rows there."
        ),
    ),
    # one evaluation compared with an earlier one
    "compare_same": (
        _("the case {case} is to be compared with itself."),
        _("a comparison needs an earlier evaluation."),
        _("give another case: {known}."),
    ),
    "compare_city": (
        _("{case} is about {city}, {other} about {other_city}."),
        _("a comparison follows one city from one evaluation to the next."),
        _("give an earlier case of the same city, with the same GeoNames id."),
    ),
    "compare_networks": (
        _("{case} and {other} have no network in common."),
        _("only the outcome of a network that is in both can have changed."),
        _("use the same short names in both tables networks."),
    ),
    "compare_later": (
        _("{other} is as of {other_date}, later than {case}, {date}."),
        _("causes are told from the earlier evaluation to the later one."),
        _("compare {other} with {case} instead."),
    ),
    "compare_language": (
        _("{case} and {other} have no language in common."),
        _("the page takes its words from both."),
        _("fill in the texts of one of them in the other’s language."),
    ),
    # a light check of all memberships
    "triage_limit": (
        _("{name} is {value}, not a number from {lowest} to {highest}."),
        _("it says what is recent, near or large."),
        _("give a number in that range."),
    ),
    # a city that is invented
    "city_no_id": (
        _("{city} has no geoname_id."),
        _("member lists know a city by it; only an invented city has none."),
        _("give the city's id in GeoNames, or write yes in synthetic."),
    ),
    # questions to the departments, and their answers
    "department_unknown": (
        _('the case has no department "{department}".'),
        _("a department is named by its short name in the table departments."),
        _("give one of: {known}."),
    ),
    "ask_nobody": (
        _("there is nobody to ask."),
        _(
            "the table asked has no such row, and no department takes part in the network or "
            "owns the membership."
        ),
        _("name both with --department and --network, or write the rows in the table asked."),
    ),
    "ask_date": (
        _('"{value}" is not a day that is still to come.'),
        _("the departments need to know by which day they are to answer."),
        _("give a later day as year, month and day, such as 2030-03-31."),
    ),
    "ask_there": (
        _("the file is there already."),
        _("it may hold a department’s answer, and nothing is overwritten."),
        _("give another folder with --out, or move the file."),
    ),
    "replies_folder": (
        _("there is no workbook in the folder."),
        _("answers are read from the Excel workbooks (.xlsx) that lie in it."),
        _("check the name of the folder."),
    ),
    "reply_sheet": (
        _("no sheet has the columns {heads}."),
        _("the ratings are found by the heads of their columns, in whatever order they stand."),
        _("write the heads again as in the workbook that was sent out."),
    ),
    "reply_head": (
        _('two columns are called "{head}".'),
        _("nobody can tell which of them is meant."),
        _("delete one of them, or give it another head."),
    ),
    "reply_department": (
        _("the workbook does not say which department answers."),
        _("an answer without a sender cannot be counted."),
        _('write the department beside "{label}". The departments asked are: {known}.'),
    ),
    "reply_department_unknown": (
        _("this is no department that was asked."),
        _("only those who were asked are counted, so that response rates are right."),
        _(
            "write one of: {known}; or ask it with netanalysis ask --department, and read the "
            "answer again."
        ),
    ),
    "reply_two_departments": (
        _("the workbook names more than one department."),
        _("each workbook is the answer of one department."),
        _("leave the department that answers, and take the others away."),
    ),
    "reply_network": (
        _('there is no network "{value}" in the case.'),
        _("a row belongs to a network by its name."),
        _("write one of: {known}."),
    ),
    "reply_criterion": (
        _('there is no criterion "{value}" in the case.'),
        _("a row belongs to a criterion by its name."),
        _("write one of: {known}."),
    ),
    "reply_unnamed_network": (
        _("the row does not say which network it is about."),
        _("a rating or a text without it cannot be placed."),
        _("fill in the cell, or delete the row."),
    ),
    "reply_unnamed_criterion": (
        _("the row does not say which criterion it is about."),
        _("a rating or a text without it cannot be placed."),
        _("fill in the cell, or delete the row."),
    ),
    "reply_not_asked": (
        _("the department was not asked about {network}."),
        _("only those who were asked are counted, so that response rates are right."),
        _(
            "delete the row; or ask with netanalysis ask --department {department} --network "
            "{short}, and read the answer again."
        ),
    ),
    "reply_rating": (
        _('"{value}" is not one of the answers.'),
        _("an answer is a whole number from 0 to 4, “don’t know” or “not our field”."),
        _("choose from the list; write 3-4 where both may fit, and the rest as a comment."),
    ),
    "reply_merged": (
        _("the cell is merged with others, from {cell} on."),
        _("nobody can tell whether one answer is meant for all the rows."),
        _("unmerge the cells, and write the answer in each row that it is meant for."),
    ),
    "reply_twice": (
        _("this row says something else than {other} on the same network and criterion."),
        _("only one answer can hold."),
        _("delete one of the rows."),
    ),
    "reply_office": (
        _("this is none of the offices."),
        _("an answer is signed by an office, so that no name is stored."),
        _("choose one of: {known}."),
    ),
    "personal_email": (
        _("the text holds an e-mail address."),
        _("personal data never enters a case; the text is not repeated here."),
        _("take it out of the cell, and read the workbook again."),
    ),
    "personal_telephone": (
        _("the text holds a telephone number."),
        _("personal data never enters a case; the text is not repeated here."),
        _("take it out of the cell, and read the workbook again."),
    ),
    "personal_identity": (
        _("the text holds a personal identity number."),
        _("personal data never enters a case; the text is not repeated here."),
        _("take it out of the cell, and read the workbook again."),
    ),
    "personal_address": (
        _("the text holds a street address."),
        _("personal data never enters a case; the text is not repeated here."),
        _("take it out of the cell, and read the workbook again."),
    ),
    "personal_name": (
        _("the text holds a person’s name."),
        _("personal data never enters a case; the text is not repeated here."),
        _("take it out of the cell, and read the workbook again."),
    ),
    "reply_mixed": (
        _("the workbook answers both for the department and for a person in it."),
        _("about {networks} persons were asked one by one; about the rest the department as one."),
        _("split the workbook in two, or mend the column respondents in the table asked."),
    ),
    "reply_too_many": (
        _("there are {found} answers from persons in {department}, and {asked} were asked."),
        _("an answer may have come twice, and nobody can tell whose it is."),
        _("take out the workbook that is too many, or mend respondents in the table asked."),
    ),
    "reply_late": (
        _("this workbook of a person came after persons’ answers were closed, and is not read."),
        _("numbers made before and after one more answer give that answer away."),
        _("take it out of the folder; the numbers are those of the closed answers."),
    ),
    "persons_changed": (
        _("what persons answered, or how many were asked, is not as it was closed."),
        _("numbers made before and after a change give away what was changed."),
        _("bring back the rows as they were: netanalysis restore {case} lists the earlier states."),
    ),
    "persons_no_day": (
        _("there is no last day on which persons may answer."),
        _("their answers are closed when it is over, and none is added later."),
        _("fill in the day, and run the same command when it is over."),
    ),
    "persons_early": (
        _("persons may answer until {date}."),
        _("their answers are closed when that day is over, and none is added later."),
        _("run the same command when it is over."),
    ),
    "persons_none": (
        _("no person who was asked one by one has answered, so that there is nothing to close."),
        _("an empty set would keep out all answers that come later."),
        _("read persons’ workbooks: netanalysis answers FOLDER --into {case}."),
    ),
}
