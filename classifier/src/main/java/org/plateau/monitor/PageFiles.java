package org.plateau.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page's own files, out of the jar, read once. */
final class PageFiles {
    /** A file as it is served, packed. */
    @SuppressWarnings("ArrayRecordComponent")
    record Page(String contentType, byte[] packed) {}

    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private PageFiles() {}

    static Map<String, Page> load() {
        Map<String, Page> pages = new LinkedHashMap<>();
        pages.put("/", read("index.html", "text/html; charset=utf-8"));
        pages.put("/monitor.css", read("monitor.css", "text/css; charset=utf-8"));
        for (String script :
                new String[] {
                    "monitor.js",
                    "server.js",
                    "categories.js",
                    "health.js",
                    "level.js",
                    "series.js",
                    "table.js"
                }) {
            pages.put("/" + script, read(script, SCRIPT));
        }
        return pages;
    }

    private static Page read(String name, String contentType) {
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the monitor's " + name);
            }
            return new Page(contentType, Snapshot.gzip(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
