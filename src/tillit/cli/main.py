"""The `tillit` command: its parts, and how every fault is told."""

import sys

import click

from tillit.cli.audit import audit
from tillit.cli.backtest import backtest
from tillit.cli.backup import backup, restore
from tillit.cli.begin import begin
from tillit.cli.check import check
from tillit.cli.explain import explain
from tillit.cli.failure import tell
from tillit.cli.mail import mail
from tillit.cli.prove import prove
from tillit.cli.read import read
from tillit.cli.run import run
from tillit.cli.serve import serve
from tillit.cli.template import template
from tillit.cli.test import test
from tillit.cli.town import town

_COMMANDS = (
    run,
    read,
    explain,
    check,
    test,
    backtest,
    prove,
    template,
    town,
    begin,
    serve,
    audit,
    mail,
    backup,
    restore,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tillit", prog_name="tillit")
def tillit() -> None:
    """Read what you have, ask what the law asks, and see the rows behind every answer.

    Begin with a folder of your own files: tillit run FOLDER
    """


for _command in _COMMANDS:
    tillit.add_command(_command)


def main() -> None:
    """Runs the command line. Exit codes: 0 done; 1 refused, or broken; 2 wrong usage."""
    try:
        tillit(prog_name="tillit")
    except Exception as fault:  # everything ends as one clean line
        tell(fault)
        sys.exit(1)
