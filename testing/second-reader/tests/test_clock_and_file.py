"""Times as text, and files in slices."""

import tempfile
import unittest
from hashlib import sha256
from pathlib import Path

from second_reader.clock import format_time, parse_time
from second_reader.file_value import CHUNK, FileValue, find_file_values, measure
from second_reader.merkle import list_root


class Times(unittest.TestCase):
    def test_come_back_as_they_were(self) -> None:
        for text in ("2027-03-01T08:30:00Z", "2027-03-01T08:30:00.00000001Z", "1970-01-01T00:00:00Z"):
            self.assertEqual(format_time(parse_time(text)), text)

    def test_with_an_offset_are_the_same_moment(self) -> None:
        self.assertEqual(parse_time("2027-03-01T14:30:00+06:00"), parse_time("2027-03-01T08:30:00Z"))

    def test_without_a_zone_are_refused(self) -> None:
        self.assertRaises(ValueError, parse_time, "2027-03-01T08:30:00")


class Files(unittest.TestCase):
    def test_are_measured_in_chunks(self) -> None:
        for size in (0, 1, CHUNK, CHUNK + 1, 3 * CHUNK):
            content = (b"0123456789abcdef" * (size // 16 + 1))[:size]
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, "file")
                path.write_bytes(content)
                chunks = [content[i : i + CHUNK] for i in range(0, size, CHUNK)]
                self.assertEqual(measure(path), FileValue(size, sha256(content).digest(), list_root(chunks)))

    def test_are_found_at_every_depth_and_only_in_exact_form(self) -> None:
        value = {"size": 1, "sha256": bytes(32), "root": bytes(32)}
        self.assertEqual(len(list(find_file_values([{"a": [value]}, {1: value}]))), 2)
        for other in ({**value, "name": "x"}, {**value, "size": -1}, {**value, "size": True}, {**value, "root": b""}):
            self.assertEqual(list(find_file_values(other)), [])


if __name__ == "__main__":
    unittest.main()
