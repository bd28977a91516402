package org.plateau.monitor;

/** Prometheus' text format, a metric at a time. */
final class Exposition {
    private final StringBuilder text = new StringBuilder();

    /** A metric of one value; missing numbers are left out. */
    void single(String name, String type, String help, double value) {
        if (!Double.isNaN(value)) {
            head(name, type, help);
            line(name, "", value);
        }
    }

    void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /**
     * @param labels as they stand between the braces; empty for none
     */
    void line(String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(Double.isNaN(value) ? "NaN" : Double.toString(value)).append('\n');
    }

    static String label(String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return name + "=\"" + escaped + "\"";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
