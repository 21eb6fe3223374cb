package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/cometbft/cometbft/crypto"
	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/crypto/mldsa65"
	"github.com/cometbft/cometbft/types"
)

// The JSON forms shared by vectors and verification: byte strings in lower-case hex, versions as decimal text
// (they may pass 2^53), times as [seconds, nanoseconds].

const (
	algorithmEd25519 = -19
	algorithmMlDsa65 = -49
)

type hexBytes []byte

func (b hexBytes) MarshalJSON() ([]byte, error) { return json.Marshal(hex.EncodeToString(b)) }

func (b *hexBytes) UnmarshalJSON(text []byte) error {
	var digits string
	if err := json.Unmarshal(text, &digits); err != nil {
		return err
	}
	decoded, err := hex.DecodeString(digits)
	*b = decoded
	return err
}

type timeForm [2]int64

func timeOf(t time.Time) timeForm { return timeForm{t.Unix(), int64(t.Nanosecond())} }

type partsForm struct {
	Total uint32   `json:"total"`
	Hash  hexBytes `json:"hash"`
}

type blockIDForm struct {
	Hash  hexBytes  `json:"hash"`
	Parts partsForm `json:"parts"`
}

func blockIDOf(id types.BlockID) blockIDForm {
	return blockIDForm{hexBytes(id.Hash), partsForm{id.PartSetHeader.Total, hexBytes(id.PartSetHeader.Hash)}}
}

type validatorForm struct {
	Algorithm int      `json:"algorithm"`
	PublicKey hexBytes `json:"publicKey"`
	Power     int64    `json:"power"`
	Address   hexBytes `json:"address,omitempty"`
}

func validatorsOf(set *types.ValidatorSet) []validatorForm {
	forms := make([]validatorForm, 0, set.Size())
	for _, v := range set.Validators {
		algorithm := algorithmEd25519
		if v.PubKey.Type() == mldsa65.KeyType {
			algorithm = algorithmMlDsa65
		}
		forms = append(forms, validatorForm{algorithm, v.PubKey.Bytes(), v.VotingPower, hexBytes(v.Address)})
	}
	return forms
}

func setOf(forms []validatorForm) (*types.ValidatorSet, error) {
	validators := make([]*types.Validator, 0, len(forms))
	for _, form := range forms {
		key, err := keyOf(form)
		if err != nil {
			return nil, err
		}
		validators = append(validators, types.NewValidator(key, form.Power))
	}
	return types.NewValidatorSet(validators), nil
}

func keyOf(form validatorForm) (crypto.PubKey, error) {
	switch form.Algorithm {
	case algorithmEd25519:
		return ed25519.PubKey(form.PublicKey), nil
	case algorithmMlDsa65:
		return mldsa65.NewPubKeyFromBytes(form.PublicKey)
	default:
		return nil, fmt.Errorf("validator key of unknown algorithm %d", form.Algorithm)
	}
}

type commitSignatureForm struct {
	Flag      string   `json:"flag"`
	Address   hexBytes `json:"address"`
	Time      timeForm `json:"time"`
	Signature hexBytes `json:"signature"`
}

type commitForm struct {
	Height     int64                 `json:"height"`
	Round      int32                 `json:"round"`
	BlockID    blockIDForm           `json:"blockId"`
	Signatures []commitSignatureForm `json:"signatures"`
}

func commitOf(commit *types.Commit) commitForm {
	names := map[types.BlockIDFlag]string{
		types.BlockIDFlagAbsent: "absent", types.BlockIDFlagCommit: "commit", types.BlockIDFlagNil: "nil",
	}
	form := commitForm{commit.Height, commit.Round, blockIDOf(commit.BlockID), []commitSignatureForm{}}
	for _, s := range commit.Signatures {
		form.Signatures = append(form.Signatures, commitSignatureForm{
			names[s.BlockIDFlag], hexBytes(s.ValidatorAddress), timeOf(s.Timestamp), s.Signature,
		})
	}
	return form
}

type headerForm struct {
	Version struct {
		Block string `json:"block"`
		App   string `json:"app"`
	} `json:"version"`
	ChainID            string      `json:"chainId"`
	Height             int64       `json:"height"`
	Time               timeForm    `json:"time"`
	LastBlockID        blockIDForm `json:"lastBlockId"`
	LastCommitHash     hexBytes    `json:"lastCommitHash"`
	DataHash           hexBytes    `json:"dataHash"`
	ValidatorsHash     hexBytes    `json:"validatorsHash"`
	NextValidatorsHash hexBytes    `json:"nextValidatorsHash"`
	ConsensusHash      hexBytes    `json:"consensusHash"`
	AppHash            hexBytes    `json:"appHash"`
	LastResultsHash    hexBytes    `json:"lastResultsHash"`
	EvidenceHash       hexBytes    `json:"evidenceHash"`
	ProposerAddress    hexBytes    `json:"proposerAddress"`
}

func headerOf(h types.Header) headerForm {
	form := headerForm{
		ChainID:            h.ChainID,
		Height:             h.Height,
		Time:               timeOf(h.Time),
		LastBlockID:        blockIDOf(h.LastBlockID),
		LastCommitHash:     hexBytes(h.LastCommitHash),
		DataHash:           hexBytes(h.DataHash),
		ValidatorsHash:     hexBytes(h.ValidatorsHash),
		NextValidatorsHash: hexBytes(h.NextValidatorsHash),
		ConsensusHash:      hexBytes(h.ConsensusHash),
		AppHash:            hexBytes(h.AppHash),
		LastResultsHash:    hexBytes(h.LastResultsHash),
		EvidenceHash:       hexBytes(h.EvidenceHash),
		ProposerAddress:    hexBytes(h.ProposerAddress),
	}
	form.Version.Block = strconv.FormatUint(h.Version.Block, 10)
	form.Version.App = strconv.FormatUint(h.Version.App, 10)
	return form
}
