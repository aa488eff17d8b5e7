"""Which files of a folder are read."""

from pathlib import Path

from tillit.cli.folder import files_in, files_of_last_run, keep_files, shown


def test_hidden_files_and_our_own_folder_are_left_alone(tmp_path: Path) -> None:
    for name in ("b.csv", "sub/a.csv", ".hidden.csv", "sub/.git/x.csv", "tillit/truth.csv", "~$open.xlsx"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "link.csv").symlink_to(tmp_path / "b.csv")
    assert [shown(path, tmp_path) for path in files_in(tmp_path)] == ["b.csv", "sub/a.csv"]


def test_a_folder_that_is_itself_called_tillit_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "tillit" / "files"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("x")
    assert files_in(folder) == [folder / "a.csv"]


def test_the_files_of_a_run_are_known_to_the_next(tmp_path: Path) -> None:
    assert files_of_last_run(tmp_path) == {}
    keep_files(tmp_path, [("b.csv", "2"), ("a.csv", "1")])
    assert files_of_last_run(tmp_path) == {"a.csv": "1", "b.csv": "2"}
