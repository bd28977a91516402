package org.plateau.monitor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret in the page's address: 256 random bits. It is never logged. */
final class Token {
    private static final int BYTES = 32;

    private final byte[] secret;

    private Token(byte[] secret) {
        this.secret = secret;
    }

    static Token random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * A token that was made before.
     *
     * @throws IllegalArgumentException if it is too short or has other characters than base64url's
     */
    static Token of(String text) {
        if (!text.matches("[A-Za-z0-9_-]{43,128}")) {
            throw new IllegalArgumentException(
                    "expected a token of 43 to 128 letters, digits, - and _, found something else");
        }
        return new Token(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Compares with the header {@code Authorization}, in a time that does not depend on where. */
    boolean matches(String authorization) {
        String scheme = "Bearer ";
        if (authorization == null || !authorization.startsWith(scheme)) {
            return false;
        }
        byte[] offered = authorization.substring(scheme.length()).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(sha256(offered), sha256(secret));
    }

    /** The text that goes into the address. */
    String reveal() {
        return new String(secret, StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
