"""The vectors of tags, file 07, 7.4: what a tag office signs, and its signatures."""

import json
import unittest
from pathlib import Path

from second_reader import cbor, keys
from second_reader.failure import NotSupported
from second_reader.hashing import tagged

VECTORS = Path(__file__).parents[3] / "vectors" / "draft" / "crypto" / "tags.json"


class Tags(unittest.TestCase):
    def test_statements_and_signatures(self) -> None:
        cases = json.loads(VECTORS.read_text())["cases"]
        self.assertGreater(len(cases), 0)
        for case in cases:
            with self.subTest(case["name"], algorithm=case["algorithm"]):
                statement = cbor.decode(bytes.fromhex(case["statement"]))
                ledger, contract, scope, within, commitments, tag, nonce = statement
                lengths = [len(ledger), len(tag), len(nonce), *(len(commitment) for commitment in commitments)]
                self.assertEqual(lengths[:3], [32, 32, 16])
                self.assertEqual(set(lengths[3:]), {32})
                self.assertIsInstance(contract, str)
                self.assertIsInstance(scope, str)
                self.assertIsInstance(within, list)
                message = tagged("acta/tag/1", cbor.encode(statement))
                self.assertEqual(message.hex(), case["message"])
                self.check_signature(case, message)

    def check_signature(self, case: dict[str, object], message: bytes) -> None:
        algorithm = case["algorithm"]
        key, signature = (bytes.fromhex(str(case[name])) for name in ("publicKey", "signature"))
        try:
            self.assertTrue(keys.verifies(algorithm, key, signature, message))
            self.assertFalse(keys.verifies(algorithm, key, signature, message[::-1]))
        except NotSupported:
            self.assertEqual(algorithm, keys.ML_DSA_65)


if __name__ == "__main__":
    unittest.main()
