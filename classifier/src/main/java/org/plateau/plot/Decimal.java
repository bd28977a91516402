package org.plateau.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as text, the same in every locale. */
final class Decimal {
    private Decimal() {}

    /** With at most so many digits after the point and no trailing zeros. */
    static String of(double value, int digits) {
        BigDecimal decimal =
                BigDecimal.valueOf(value)
                        .setScale(digits, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
        return decimal.signum() == 0 ? "0" : decimal.toPlainString();
    }

    /** With exactly so many digits after the point. */
    static String fixed(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value).replace('-', '\u2212');
    }

    /** With so many significant digits, plain notation. */
    static String significant(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        return new BigDecimal(value)
                .round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros()
                .toPlainString()
                .replace('-', '\u2212');
    }

    /** A power of ten with a raised exponent. */
    static String power(int exponent) {
        String raised = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
        StringBuilder text = new StringBuilder("10");
        for (char digit : Integer.toString(exponent).toCharArray()) {
            text.append(digit == '-' ? '\u207b' : raised.charAt(digit - '0'));
        }
        return text.toString();
    }

    /** A unit in CF notation with raised exponents: "m s-1" becomes "m s⁻¹". */
    static String unit(String cf) {
        StringBuilder text = new StringBuilder();
        for (String part : cf.trim().split("\\s+")) {
            java.util.regex.Matcher raised =
                    java.util.regex.Pattern.compile("([A-Za-z]+)(-?\\d+)").matcher(part);
            text.append(text.isEmpty() ? "" : " ");
            text.append(
                    raised.matches()
                            ? raised.group(1)
                                    + power(Integer.parseInt(raised.group(2))).substring(2)
                            : part);
        }
        return text.toString();
    }
}
