package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/types"
)

const (
	source         = "github.com/cometbft/cometbft v0.40.0"
	caseCount      = 96
	wholeBlockSize = 1500 // blocks up to this size stand in the vectors in full, longer ones by hash
)

type transactionForm struct {
	Bytes   hexBytes `json:"bytes,omitempty"`
	Pattern hexBytes `json:"pattern,omitempty"` // repeated up to length
	Length  int      `json:"length"`
}

type resultForm struct {
	Code uint32   `json:"code"`
	Data hexBytes `json:"data"`
	Leaf hexBytes `json:"leaf"`
}

type blockForm struct {
	Length int       `json:"length"`
	Sha256 hexBytes  `json:"sha256"`
	Bytes  hexBytes  `json:"bytes,omitempty"`
	Parts  partsForm `json:"parts"`
}

type vector struct {
	Name           string            `json:"name"`
	ChainID        string            `json:"chainId"`
	Validators     []validatorForm   `json:"validators"`
	ValidatorsHash hexBytes          `json:"validatorsHash"`
	LastCommit     commitForm        `json:"lastCommit"`
	LastCommitHash hexBytes          `json:"lastCommitHash"`
	Transactions   []transactionForm `json:"transactions"`
	DataHash       hexBytes          `json:"dataHash"`
	Results        []resultForm      `json:"results"`
	ResultsHash    hexBytes          `json:"resultsHash"`
	Parameters     struct {
		MaxBytes int64 `json:"maxBytes"`
		MaxGas   int64 `json:"maxGas"`
	} `json:"parameters"`
	ConsensusHash hexBytes    `json:"consensusHash"`
	Header        headerForm  `json:"header"`
	HeaderBytes   hexBytes    `json:"headerBytes"`
	HeaderHash    hexBytes    `json:"headerHash"`
	Block         blockForm   `json:"block"`
	Commit        commitForm  `json:"commit"`
	CommitBytes   hexBytes    `json:"commitBytes"`
	SignBytes     []*hexBytes `json:"signBytes"` // of commit, null where the vote is absent
	Accepted      bool        `json:"accepted"`  // by VerifyCommitLight
}

// writeVectors writes all cases, one on a line, the same bytes every time.
func writeVectors(output io.Writer) error {
	writer := bufio.NewWriter(output)
	fmt.Fprintf(writer, "{\"source\":%q,\"cases\":[\n", source)
	for seed := range caseCount {
		made, err := makeVector(seed)
		if err != nil {
			return fmt.Errorf("case %d: %w", seed, err)
		}
		line, err := json.Marshal(made)
		if err != nil {
			return err
		}
		writer.Write(line)
		if seed < caseCount-1 {
			writer.WriteString(",")
		}
		writer.WriteString("\n")
	}
	writer.WriteString("]}\n")
	return writer.Flush()
}

func makeVector(seed int) (*vector, error) {
	d := newDice(seed)
	keys := d.validatorKeys(seed)
	chainID, height := d.chainID(seed), d.height(seed)
	lastCommit, lastBlockID := &types.Commit{}, types.BlockID{}
	if height > 1 {
		lastBlockID = d.blockID()
		lastCommit = d.commit(keys, chainID, height-1, lastBlockID)
	}
	forms, transactions := d.transactions(seed)
	results, resultsHash, err := d.results()
	if err != nil {
		return nil, err
	}
	parameters := types.ConsensusParams{Block: d.blockParameters()}
	block := types.MakeBlock(height, transactions, lastCommit, nil)
	block.Header.Populate(
		d.version(), chainID, d.time(), lastBlockID,
		keys.set.Hash(), keys.nextHash(d), parameters.Hash(), d.appHash(), resultsHash, d.proposer(keys),
	)
	if seed%10 == boundaryCase {
		forms, err = d.fillToBoundary(block, forms, seed)
		if err != nil {
			return nil, err
		}
	}
	return describe(d, seed, keys, block, forms, results, parameters)
}

func describe(
	d *dice, seed int, keys *keyring, block *types.Block,
	transactions []transactionForm, results []resultForm, parameters types.ConsensusParams,
) (*vector, error) {
	if err := block.ValidateBasic(); err != nil {
		return nil, err
	}
	bytes, parts, err := encode(block)
	if err != nil {
		return nil, err
	}
	headerBytes, err := block.Header.ToProto().Marshal()
	if err != nil {
		return nil, err
	}
	id := types.BlockID{Hash: block.Hash(), PartSetHeader: parts.Header()}
	commit := d.commit(keys, block.ChainID, block.Height, id)
	spoilt := d.spoil(seed, commit)
	commitBytes, err := commit.ToProto().Marshal()
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(bytes)
	made := &vector{
		Name:           fmt.Sprintf("case %d: %s%s", seed, d.name(keys, block, commit), spoilt),
		ChainID:        block.ChainID,
		Validators:     validatorsOf(keys.set),
		ValidatorsHash: keys.set.Hash(),
		LastCommit:     commitOf(block.LastCommit),
		LastCommitHash: hexBytes(block.LastCommit.Hash()),
		Transactions:   transactions,
		DataHash:       hexBytes(block.Data.Hash()),
		Results:        results,
		ResultsHash:    hexBytes(block.LastResultsHash),
		ConsensusHash:  parameters.Hash(),
		Header:         headerOf(block.Header),
		HeaderBytes:    headerBytes,
		HeaderHash:     hexBytes(block.Hash()),
		Block:          blockForm{len(bytes), digest[:], nil, partsForm{parts.Total(), parts.Hash()}},
		Commit:         commitOf(commit),
		CommitBytes:    commitBytes,
	}
	made.Parameters.MaxBytes, made.Parameters.MaxGas = parameters.Block.MaxBytes, parameters.Block.MaxGas
	if len(bytes) <= wholeBlockSize {
		made.Block.Bytes = bytes
	}
	for index, signature := range commit.Signatures {
		var signed *hexBytes
		if signature.BlockIDFlag != types.BlockIDFlagAbsent {
			message := hexBytes(commit.VoteSignBytes(block.ChainID, int32(index)))
			signed = &message
		}
		made.SignBytes = append(made.SignBytes, signed)
	}
	made.Accepted = keys.set.VerifyCommitLight(block.ChainID, id, block.Height, commit) == nil
	return made, nil
}

func encode(block *types.Block) ([]byte, *types.PartSet, error) {
	message, err := block.ToProto()
	if err != nil {
		return nil, nil, err
	}
	bytes, err := message.Marshal()
	if err != nil {
		return nil, nil, err
	}
	parts, err := block.MakePartSet(types.BlockPartSizeBytes)
	return bytes, parts, err
}

func (d *dice) results() ([]resultForm, []byte, error) {
	responses := make([]*abci.ExecTxResult, d.IntN(6))
	forms := make([]resultForm, len(responses))
	for i := range responses {
		responses[i] = &abci.ExecTxResult{Code: d.code(), Data: d.bytes(d.IntN(90)), Log: "not hashed"}
	}
	results := types.NewResults(responses)
	for i, result := range results {
		leaf, err := result.Marshal()
		if err != nil {
			return nil, nil, err
		}
		forms[i] = resultForm{result.Code, result.Data, leaf}
	}
	return forms, results.Hash(), nil
}
