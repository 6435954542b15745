package seal

import (
	"bytes"
	"crypto/rand"
	"crypto/sha512"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/crypto/ssh"
)

// The signature is that of ssh-keygen -Y sign (PROTOCOL.sshsig of OpenSSH), so
// that an ordinary SSH key signs and ssh-keygen -Y verify checks it.
const (
	sshNamespace = "openness-seal"
	sshMagic     = "SSHSIG"
	sshHash      = "sha512"
)

// A Signer signs with an SSH key.
type Signer = ssh.Signer

// largestKey bounds a key file: what is named may be a device that never ends.
const largestKey = 1 << 20

// ReadKey reads an SSH private key without a passphrase.
func ReadKey(file string) (Signer, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, largestKey))
	if err != nil {
		return nil, err
	}
	signer, err := ssh.ParsePrivateKey(text)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) {
		return nil, fmt.Errorf("key %q has a passphrase: seal without --key and sign the digest with ssh-keygen -Y sign -n %s", file, sshNamespace)
	}
	if err != nil {
		return nil, fmt.Errorf("key %q: %w", file, err)
	}
	return signer, nil
}

// sshEnvelope is what an armoured signature holds.
type sshEnvelope struct {
	Magic     [6]byte
	Version   uint32
	PublicKey string
	Namespace string
	Reserved  string
	Hash      string
	Signature string
}

// sshMessage is what is signed.
type sshMessage struct {
	Magic     [6]byte
	Namespace string
	Reserved  string
	Hash      string
	Digest    string
}

func messageOf(namespace string, content []byte) []byte {
	sum := sha512.Sum512(content)
	return ssh.Marshal(sshMessage{Magic: [6]byte([]byte(sshMagic)), Namespace: namespace, Hash: sshHash,
		Digest: string(sum[:])})
}

func sign(signer Signer, content []byte) (*Signature, error) {
	message := messageOf(sshNamespace, content)
	var signature *ssh.Signature
	var err error
	if s, ok := signer.(ssh.AlgorithmSigner); ok && signer.PublicKey().Type() == ssh.KeyAlgoRSA {
		signature, err = s.SignWithAlgorithm(rand.Reader, message, ssh.KeyAlgoRSASHA512)
	} else {
		signature, err = signer.Sign(rand.Reader, message)
	}
	if err != nil {
		return nil, err
	}
	blob := ssh.Marshal(sshEnvelope{Magic: [6]byte([]byte(sshMagic)), Version: 1,
		PublicKey: string(signer.PublicKey().Marshal()),
		Namespace: sshNamespace, Hash: sshHash, Signature: string(ssh.Marshal(signature))})
	text := pem.EncodeToMemory(&pem.Block{Type: "SSH SIGNATURE", Bytes: blob})
	return &Signature{Format: "sshsig", Namespace: sshNamespace, Signature: string(text)}, nil
}

// verify checks a signature and gives the fingerprint of its key.
func verify(s *Signature, content []byte) (fingerprint string, err error) {
	if s.Format != "sshsig" || s.Namespace != sshNamespace {
		return "", fmt.Errorf("format %q and namespace %q are not known", s.Format, s.Namespace)
	}
	block, rest := pem.Decode([]byte(s.Signature))
	if block == nil || block.Type != "SSH SIGNATURE" || len(rest) > 0 {
		return "", errors.New("it is no armoured SSH signature")
	}
	var e sshEnvelope
	if err := ssh.Unmarshal(block.Bytes, &e); err != nil {
		return "", err
	}
	if string(e.Magic[:]) != sshMagic || e.Version != 1 || e.Namespace != sshNamespace || e.Hash != sshHash ||
		e.Reserved != "" {
		return "", errors.New("it is of another kind or for another purpose")
	}
	if !bytes.Equal(pem.EncodeToMemory(block), []byte(s.Signature)) {
		return "", errors.New("its text is not as it is written")
	}
	key, err := ssh.ParsePublicKey([]byte(e.PublicKey))
	if err != nil {
		return "", err
	}
	var signature ssh.Signature
	if err := ssh.Unmarshal([]byte(e.Signature), &signature); err != nil {
		return "", err
	}
	if key.Type() == ssh.KeyAlgoRSA && signature.Format == ssh.KeyAlgoRSA {
		return "", errors.New("it uses SHA-1")
	}
	if err := key.Verify(messageOf(sshNamespace, content), &signature); err != nil {
		return "", err
	}
	return ssh.FingerprintSHA256(key), nil
}

// Fingerprint is that of a public key in the form of an authorized_keys line.
func Fingerprint(line []byte) (string, error) {
	key, _, _, _, err := ssh.ParseAuthorizedKey(line)
	if err != nil {
		return "", err
	}
	return ssh.FingerprintSHA256(key), nil
}
