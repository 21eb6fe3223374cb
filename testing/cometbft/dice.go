package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/cometbft/cometbft/crypto"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/crypto/mldsa65"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	cmtversion "github.com/cometbft/cometbft/proto/tendermint/version"
	"github.com/cometbft/cometbft/types"
	"github.com/cometbft/cometbft/version"
)

// dice draws everything in a case from its seed alone.
type dice struct{ *rand.Rand }

const (
	largestSafeInteger = 1<<53 - 1
	lastSecond         = 253402300799 // 9999-12-31T23:59:59Z
	longestChainID     = 50
	boundaryCase       = 5 // seeds ending in it have a block that fills its parts, give or take a byte
	firstBlockEvery    = 6
	mlDsaEvery         = 8
)

func newDice(seed int) *dice { return &dice{rand.New(rand.NewPCG(0xac7a, uint64(seed)))} }

func (d *dice) bytes(length int) []byte {
	made := make([]byte, 0, length+8)
	for len(made) < length {
		made = binary.BigEndian.AppendUint64(made, d.Uint64())
	}
	return made[:length]
}

func pick[T any](d *dice, choices ...T) T { return choices[d.IntN(len(choices))] }

// keyring is a validator set with the keys to vote for it.
type keyring struct {
	set  *types.ValidatorSet
	keys map[string]crypto.PrivKey // by address
}

func (d *dice) validatorKeys(seed int) *keyring {
	ring := &keyring{keys: map[string]crypto.PrivKey{}}
	var validators []*types.Validator
	powers := d.powers()
	for _, key := range d.privateKeys(seed) {
		ring.keys[string(key.PubKey().Address())] = key
		validators = append(validators, types.NewValidator(key.PubKey(), powers()))
	}
	ring.set = types.NewValidatorSet(validators)
	return ring
}

func (d *dice) privateKeys(seed int) []crypto.PrivKey {
	ed25519Count, mlDsaCount := pick(d, 1, 2, 3, 4, 4, 5, 7, 10), 0
	if seed%mlDsaEvery == mlDsaEvery-1 {
		ed25519Count, mlDsaCount = pick(d, 0, 0, 1, 2, 3), pick(d, 1, 1, 2)
	}
	var keys []crypto.PrivKey
	for range ed25519Count {
		keys = append(keys, ed25519.GenPrivKeyFromSecret(d.bytes(32)))
	}
	for range mlDsaCount {
		key, err := mldsa65.GenPrivKeyFromSeed(d.bytes(mldsa65.SeedSize))
		if err != nil {
			panic(err) // the seed has the right size
		}
		keys = append(keys, key)
	}
	return keys
}

func (d *dice) powers() func() int64 {
	switch d.IntN(4) {
	case 0:
		return func() int64 { return 1 }
	case 1:
		return func() int64 { return 10 * (1 + d.Int64N(3)) } // many equal ones: the address decides the order
	case 2:
		return func() int64 { return 1 + d.Int64N(largestSafeInteger/16) }
	default:
		return func() int64 { return 1 + d.Int64N(1000) }
	}
}

func (k *keyring) nextHash(d *dice) []byte {
	if d.IntN(4) == 0 {
		return d.bytes(32)
	}
	return k.set.Hash()
}

func (d *dice) chainID(seed int) string {
	switch seed % 9 {
	case 0:
		return strings.Repeat("c", longestChainID)
	case 1:
		return "c"
	case 2:
		return "登记-0-á😀"
	default:
		return fmt.Sprintf("acta-%d-%016x", d.IntN(12), d.Uint64())
	}
}

func (d *dice) height(seed int) int64 {
	if seed%firstBlockEvery == 0 {
		return 1
	}
	return pick(d, 2, 2+d.Int64N(1000), 2+d.Int64N(1<<40), largestSafeInteger)
}

func (d *dice) round() int32 {
	return pick(d, 0, 0, 0, 1, int32(d.IntN(1000)), d.Int32(), math.MaxInt32)
}

func (d *dice) time() time.Time {
	seconds := pick(d, 0, 1, 1_800_000_000, d.Int64N(lastSecond), d.Int64N(1<<32), lastSecond)
	nanoseconds := pick(d, 0, 1, 500_000_000, 999_999_999, d.Int64N(1_000_000_000), d.Int64N(1000)*1_000_000)
	return time.Unix(seconds, nanoseconds).UTC()
}

func (d *dice) version() cmtversion.Consensus {
	return cmtversion.Consensus{
		Block: version.BlockProtocol,
		App:   pick(d, 0, 1, 300, uint64(largestSafeInteger), d.Uint64(), math.MaxUint64),
	}
}

func (d *dice) blockID() types.BlockID {
	total := pick(d, 1, 2, 127, 128, d.Uint32()|1, math.MaxUint32)
	return types.BlockID{Hash: d.bytes(32), PartSetHeader: types.PartSetHeader{Total: total, Hash: d.bytes(32)}}
}

func (d *dice) appHash() []byte {
	return d.bytes(pick(d, 32, 32, 32, 32, 32, 32, 0, 8, 20))
}

func (d *dice) proposer(keys *keyring) []byte {
	return keys.set.Validators[d.IntN(keys.set.Size())].Address
}

func (d *dice) blockParameters() types.BlockParams {
	return types.BlockParams{
		MaxBytes: pick(d, -1, 1, 22020096, types.DefaultBlockParams().MaxBytes, d.Int64N(types.MaxBlockSizeBytes)),
		MaxGas:   pick(d, -1, -1, 0, d.Int64N(largestSafeInteger)),
	}
}

func (d *dice) code() uint32 { return pick(d, 0, 0, 0, 1, 32000, d.Uint32(), math.MaxUint32) }

// commit lets most validators vote for the block, some for nil and some not at all.
func (d *dice) commit(keys *keyring, chainID string, height int64, id types.BlockID) *types.Commit {
	commit := &types.Commit{Height: height, Round: d.round(), BlockID: id}
	diligence := pick(d, 70, 85, 100)
	for index, validator := range keys.set.Validators {
		commit.Signatures = append(commit.Signatures, types.NewCommitSigAbsent())
		if d.IntN(100) >= diligence && d.IntN(2) == 0 && keys.set.Size() > 1 {
			continue
		}
		flag := types.BlockIDFlagCommit
		if d.IntN(100) >= diligence && keys.set.Size() > 1 {
			flag = types.BlockIDFlagNil
		}
		place := &commit.Signatures[index]
		*place = types.CommitSig{BlockIDFlag: flag, ValidatorAddress: validator.Address, Timestamp: d.time()}
		signature, err := keys.keys[string(validator.Address)].Sign(commit.VoteSignBytes(chainID, int32(index)))
		if err != nil {
			panic(err) // neither algorithm fails on a good key
		}
		place.Signature = signature
	}
	return commit
}

// spoil damages the commit of some cases and says how.
func (d *dice) spoil(seed int, commit *types.Commit) string {
	place := &commit.Signatures[d.IntN(len(commit.Signatures))]
	if place.BlockIDFlag == types.BlockIDFlagAbsent {
		return ""
	}
	switch seed % 12 {
	case 3:
		place.Signature = bytes.Clone(place.Signature)
		place.Signature[d.IntN(len(place.Signature))] ^= 1 << d.IntN(8)
		return ", a bit of a signature flipped"
	case 7:
		place.ValidatorAddress = d.bytes(crypto.AddressSize)
		return ", an address changed"
	case 10:
		place.Timestamp = time.Unix(place.Timestamp.Unix(), int64(place.Timestamp.Nanosecond())^1).UTC()
		return ", a vote a nanosecond off what was signed"
	default:
		return ""
	}
}

func (d *dice) transactions(seed int) ([]transactionForm, types.Txs) {
	forms := []transactionForm{}
	txs := types.Txs{}
	add := func(form transactionForm) {
		forms = append(forms, form)
		txs = append(txs, form.transaction())
	}
	for range pick(d, 0, 0, 1, 2, 3, 5, 8, 17) {
		bytes := d.bytes(d.IntN(60))
		add(transactionForm{Bytes: bytes, Length: len(bytes)})
	}
	if seed%10 == 2 {
		for range 1 + d.IntN(3) {
			add(transactionForm{Pattern: d.bytes(1 + d.IntN(40)), Length: 1 + d.IntN(150_000)})
		}
	}
	return forms, txs
}

func (f transactionForm) transaction() types.Tx {
	if len(f.Pattern) == 0 {
		return types.Tx(f.Bytes)
	}
	return types.Tx(bytes.Repeat(f.Pattern, f.Length/len(f.Pattern)+1)[:f.Length])
}

// fillToBoundary adds a transaction that makes the block exactly fill its parts, or pass them by one byte, or miss one.
func (d *dice) fillToBoundary(block *types.Block, forms []transactionForm, seed int) ([]transactionForm, error) {
	wanted := int(types.BlockPartSizeBytes)*(1+d.IntN(2)) + (seed/10)%3 - 1
	filler := transactionForm{Pattern: d.bytes(7), Length: wanted - 20_000}
	bare := block.Txs
	for {
		block.Txs = append(slices.Clone(bare), filler.transaction())
		block.Data = types.Data{Txs: block.Txs}
		block.DataHash = block.Data.Hash()
		encoded, _, err := encode(block)
		if err != nil {
			return nil, err
		}
		if len(encoded) == wanted {
			return append(forms, filler), nil
		}
		filler.Length += wanted - len(encoded)
	}
}

func (d *dice) name(keys *keyring, block *types.Block, commit *types.Commit) string {
	counts := map[string]int{}
	for _, validator := range keys.set.Validators {
		counts[validator.PubKey.Type()]++
	}
	for _, place := range commit.Signatures {
		counts[cmtproto.BlockIDFlag(place.BlockIDFlag).String()]++
	}
	return fmt.Sprintf("%d Ed25519 and %d ML-DSA-65 validators, height %d, round %d, %d transactions, %d absent and %d nil votes",
		counts[ed25519.KeyType], counts[mldsa65.KeyType], block.Height, commit.Round, len(block.Txs),
		counts["BLOCK_ID_FLAG_ABSENT"], counts["BLOCK_ID_FLAG_NIL"])
}
