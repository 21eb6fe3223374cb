"""The vectors of bundles, file 06, 6.10."""

import json
import unittest
from pathlib import Path

from second_reader import cbor
from second_reader.hashing import tagged

VECTORS = Path(__file__).parents[3] / "vectors" / "draft" / "contract" / "bundles.json"


class Bundles(unittest.TestCase):
    def test_hashes(self) -> None:
        cases = json.loads(VECTORS.read_text())["cases"]
        self.assertGreater(len(cases), 0)
        for case in cases:
            with self.subTest(case["name"]):
                manifest, wordings = bytes.fromhex(case["manifest"]), bytes.fromhex(case["wordings"])
                self.assertEqual(cbor.encode(cbor.decode(manifest)), manifest)
                name = cbor.decode(manifest)["name"]
                sentences = cbor.decode(wordings)["zh"]
                self.assertTrue(all(key.startswith(f"{name}.") for key in sentences))
                parts = [tagged("acta/manifest/1", manifest), bytes(32), tagged("acta/wordings/1", wordings)]
                self.assertEqual(tagged("acta/bundle/1", b"".join(parts)).hex(), case["hash"])


if __name__ == "__main__":
    unittest.main()
