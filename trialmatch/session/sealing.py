"""What is kept of a session is sealed: AES-256-GCM under the key of the settings, each part bound to its place."""

import base64
import binascii
import hashlib
import os
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from trialmatch.errors import SealError

KEY_BYTES = 32
NONCE_BYTES = 12
"""Drawn at random for each sealing (NIST SP 800-38D, 8.2.2): 2³² sealings under one key are far away."""
KEY_EXPECTED = (
    f'{KEY_BYTES} bytes in base64 are expected: python -c "import secrets; print(secrets.token_urlsafe(32))" makes them'
)


def key_of(text: str) -> bytes:
    """The key that a setting spells, in base64 of either alphabet. Raises ValueError, which never repeats it."""
    plain = text.strip().rstrip("=").replace("+", "-").replace("/", "_")
    try:
        key = base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(KEY_EXPECTED) from None
    if len(key) != KEY_BYTES:
        raise ValueError(KEY_EXPECTED)
    return key


class Sealer:
    """Seals and opens. `key_id` names the key without telling it."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self.key_id = hashlib.sha256(b"trialmatch.session-key\n" + key).hexdigest()[:16]

    def seal(self, plain: bytes, *, place: str) -> bytes:
        """Compressed, encrypted, and only to be opened at the same place: nonce, ciphertext, tag."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, zlib.compress(plain), place.encode())

    def open(self, sealed: bytes, *, place: str) -> bytes:
        """What was sealed. Raises SealError where it was changed, moved, or sealed under another key."""
        try:
            packed = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError):
            raise SealError("a row of a session was changed, moved, or sealed under another key") from None
        return zlib.decompress(packed)
