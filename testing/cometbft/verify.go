package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	cmtbytes "github.com/cometbft/cometbft/libs/bytes"
	"github.com/cometbft/cometbft/libs/math"
	"github.com/cometbft/cometbft/light"
	cmtstate "github.com/cometbft/cometbft/proto/tendermint/state"
	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"
	"github.com/cometbft/cometbft/state"
	"github.com/cometbft/cometbft/types"
)

// chain is a chain of @acta/light-client from its first block on, with what its application is known to have answered.
type chain struct {
	ChainID   string      `json:"chainId"`
	FirstTime timeForm    `json:"firstTime"`
	MaxBytes  int64       `json:"maxBytes"`
	MaxGas    int64       `json:"maxGas"`
	App       uint64      `json:"app"`
	Blocks    []madeBlock `json:"blocks"`
}

type madeBlock struct {
	Bytes           hexBytes        `json:"bytes"`
	HeaderHash      hexBytes        `json:"headerHash"`
	Parts           partsForm       `json:"parts"`
	Commit          hexBytes        `json:"commit"` // protobuf, the votes for this block
	Validators      []validatorForm `json:"validators"`
	NextValidators  []validatorForm `json:"nextValidators"`
	AppHash         hexBytes        `json:"appHash"`         // answered after the block before
	LastResultsHash hexBytes        `json:"lastResultsHash"` // of the block before
}

// verdict says how many blocks CometBFT accepts, and what it has against the next.
type verdict struct {
	Accepted int    `json:"accepted"`
	Reason   string `json:"reason,omitempty"`
}

// verifyChain judges each block as a full node would (decoding, ValidateBasic, ValidateBlock against the state, which
// verifies the last commit and the block time) and as a light client would (VerifyCommitLight, light.Verify).
func verifyChain(input io.Reader, output io.Writer) error {
	var made chain
	if err := json.NewDecoder(input).Decode(&made); err != nil {
		return fmt.Errorf("the chain on standard input is malformed: %w", err)
	}
	judge := &judge{chain: made}
	var told verdict
	for _, block := range made.Blocks {
		if err := judge.accept(block); err != nil {
			told.Reason = err.Error()
			break
		}
		told.Accepted++
	}
	return json.NewEncoder(output).Encode(told)
}

type judge struct {
	chain          chain
	last           *types.SignedHeader
	lastValidators *types.ValidatorSet
}

func (j *judge) accept(made madeBlock) error {
	block, err := decodeBlock(made.Bytes)
	if err != nil {
		return fmt.Errorf("decoding: %w", err)
	}
	if err := block.ValidateBasic(); err != nil {
		return fmt.Errorf("ValidateBasic: %w", err)
	}
	if !bytes.Equal(block.Hash(), made.HeaderHash) {
		return fmt.Errorf("header hash %x, not %x", block.Hash(), made.HeaderHash)
	}
	if err := checkParts(block, made); err != nil {
		return err
	}
	validators, err := setOf(made.Validators)
	if err != nil {
		return err
	}
	if err := j.validateAgainstState(block, made, validators); err != nil {
		return fmt.Errorf("ValidateBlock: %w", err)
	}
	signed, err := j.verifyCommit(block, made, validators)
	if err != nil {
		return err
	}
	j.last, j.lastValidators = signed, validators
	return nil
}

func decodeBlock(encoded []byte) (*types.Block, error) {
	message := new(cmtproto.Block)
	if err := message.Unmarshal(encoded); err != nil {
		return nil, err
	}
	again, err := message.Marshal()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, encoded) {
		return nil, errors.New("encoded again, the block has other bytes")
	}
	return types.BlockFromProto(message)
}

func checkParts(block *types.Block, made madeBlock) error {
	parts, err := block.MakePartSet(types.BlockPartSizeBytes)
	if err != nil {
		return err
	}
	if parts.Total() != made.Parts.Total || !bytes.Equal(parts.Hash(), made.Parts.Hash) {
		return fmt.Errorf("part set %v, not %d:%x", parts.Header(), made.Parts.Total, made.Parts.Hash)
	}
	return nil
}

func (j *judge) validateAgainstState(block *types.Block, made madeBlock, validators *types.ValidatorSet) error {
	next, err := setOf(made.NextValidators)
	if err != nil {
		return err
	}
	before := state.State{
		Version:         cmtstate.Version{Consensus: block.Version},
		ChainID:         j.chain.ChainID,
		InitialHeight:   1,
		LastBlockTime:   time.Unix(j.chain.FirstTime[0], j.chain.FirstTime[1]).UTC(),
		Validators:      validators,
		NextValidators:  next,
		LastValidators:  j.lastValidators,
		AppHash:         made.AppHash,
		LastResultsHash: made.LastResultsHash,
	}
	before.Version.Consensus.App = j.chain.App
	before.ConsensusParams.Block = types.BlockParams{MaxBytes: j.chain.MaxBytes, MaxGas: j.chain.MaxGas}
	if j.last != nil {
		before.LastBlockHeight = j.last.Height
		before.LastBlockID = j.last.Commit.BlockID
		before.LastBlockTime = j.last.Time
	}
	return before.ValidateBlock(block)
}

func (j *judge) verifyCommit(
	block *types.Block, made madeBlock, validators *types.ValidatorSet,
) (*types.SignedHeader, error) {
	message := new(cmtproto.Commit)
	if err := message.Unmarshal(made.Commit); err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	commit, err := types.CommitFromProto(message)
	if err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	id := types.BlockID{
		Hash:          block.Hash(),
		PartSetHeader: types.PartSetHeader{Total: made.Parts.Total, Hash: cmtbytes.HexBytes(made.Parts.Hash)},
	}
	if err := validators.VerifyCommitLight(j.chain.ChainID, id, block.Height, commit); err != nil {
		return nil, fmt.Errorf("VerifyCommitLight: %w", err)
	}
	signed := &types.SignedHeader{Header: &block.Header, Commit: commit}
	if j.last == nil {
		return signed, signed.ValidateBasic(j.chain.ChainID)
	}
	const trustingPeriod, drift = 24 * time.Hour, time.Minute
	third := math.Fraction{Numerator: 1, Denominator: 3}
	err = light.Verify(j.last, j.lastValidators, signed, validators, trustingPeriod, block.Time, drift, third)
	if err != nil {
		return nil, fmt.Errorf("light.Verify: %w", err)
	}
	return signed, nil
}
