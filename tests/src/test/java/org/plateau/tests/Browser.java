package org.plateau.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A headless Chromium, driven over its own DevTools protocol; no driver has to be installed. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_S = 60;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private int number;

    private Browser(Process process, URI page) {
        this.process = process;
        this.socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .connectTimeout(Duration.ofSeconds(PATIENCE_S))
                        .buildAsync(page, new Messages())
                        .join();
    }

    /**
     * A browser with a profile in that folder.
     *
     * @throws IllegalStateException if none is installed; slurm/setup.sh --tests does
     */
    static Browser start(Path profile) throws Exception {
        Path program =
                List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                        .stream()
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "expected chromium, which slurm/setup.sh --tests"
                                                        + " installs; found no browser"));
        return start(program, profile);
    }

    private static Browser start(Path program, Path profile) throws Exception {
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectErrorStream(true)
                        .start();
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        while (line != null && !line.startsWith("DevTools listening on ")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the browser ended before it listened");
        }
        Thread drain = new Thread(() -> lines.lines().forEach(ignored -> {}), "browser-output");
        drain.setDaemon(true);
        drain.start();
        int port = URI.create(line.replace("DevTools listening on ", "").trim()).getPort();
        return new Browser(process, page(port));
    }

    private static URI page(int port) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                        .build();
        String list =
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
        for (JsonNode target : JSON.readTree(list)) {
            if (target.path("type").asText().equals("page")) {
                return URI.create(target.path("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("the browser has no page: " + list);
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                try {
                    answers.add(JSON.readTree(partial.toString()));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }

    /** Looks at a page in a window of that size and colour scheme. */
    void open(String url, int width, int height, String scheme) throws Exception {
        ObjectNode size = JSON.createObjectNode();
        size.put("width", width).put("height", height).put("deviceScaleFactor", 1);
        call("Emulation.setDeviceMetricsOverride", size.put("mobile", width < 600));
        ObjectNode media = JSON.createObjectNode();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        call("Emulation.setEmulatedMedia", media);
        call("Emulation.setScrollbarsHidden", JSON.createObjectNode().put("hidden", true));
        call("Page.navigate", JSON.createObjectNode().put("url", "about:blank"));
        call("Page.navigate", JSON.createObjectNode().put("url", url));
    }

    /** A script that every page opened from now on runs before its own. */
    void first(String script) throws Exception {
        call("Page.enable", JSON.createObjectNode());
        ObjectNode source = JSON.createObjectNode().put("source", script);
        call("Page.addScriptToEvaluateOnNewDocument", source);
    }

    /** The value of a JavaScript expression. */
    JsonNode value(String expression) throws Exception {
        ObjectNode question = JSON.createObjectNode().put("expression", expression);
        question.put("returnByValue", true).put("awaitPromise", true);
        return call("Runtime.evaluate", question).path("result").path("value");
    }

    /** Waits until an expression is true. */
    void await(String expression) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!value(expression).asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never came true: " + expression);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Presses a key, such as "ArrowLeft"; Tab, Enter and Escape do what the browser does then. */
    void press(String key) throws Exception {
        for (String type : List.of("keyDown", "keyUp")) {
            ObjectNode event =
                    JSON.createObjectNode().put("type", type).put("key", key).put("code", key);
            Integer code = Map.of("Tab", 9, "Enter", 13, "Escape", 27).get(key);
            if (code != null) {
                event.put("windowsVirtualKeyCode", code);
            }
            if (key.equals("Enter") && type.equals("keyDown")) {
                event.put("text", "\r");
            }
            call("Input.dispatchKeyEvent", event);
        }
    }

    /** Moves the mouse to the middle of an element and, if asked to, clicks there. */
    void point(String selector, boolean click) throws Exception {
        String box = "document.querySelector('" + selector + "').getBoundingClientRect()";
        value("document.querySelector('" + selector + "').scrollIntoView({block: 'center'})");
        double x = value(box + ".x + " + box + ".width / 2").asDouble();
        double y = value(box + ".y + " + box + ".height / 2").asDouble();
        List<String> types =
                click
                        ? List.of("mouseMoved", "mousePressed", "mouseReleased")
                        : List.of("mouseMoved");
        for (String type : types) {
            ObjectNode event = JSON.createObjectNode().put("type", type).put("x", x).put("y", y);
            if (!type.equals("mouseMoved")) {
                event.put("button", "left").put("clickCount", 1);
            }
            call("Input.dispatchMouseEvent", event);
        }
    }

    /** Saves the whole page as PNG. */
    void screenshot(Path file) throws Exception {
        ObjectNode how = JSON.createObjectNode().put("captureBeyondViewport", true);
        String data = call("Page.captureScreenshot", how).path("data").asText();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    private JsonNode call(String method, ObjectNode parameters) throws Exception {
        int mine = ++number;
        ObjectNode request = JSON.createObjectNode().put("id", mine).put("method", method);
        request.set("params", parameters);
        socket.sendText(JSON.writeValueAsString(request), true).join();
        while (true) {
            JsonNode answer = answers.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException(method + ": the browser does not answer");
            }
            if (answer.path("id").asInt() == mine) {
                if (answer.has("error")) {
                    throw new IOException(method + ": " + answer.path("error"));
                }
                return answer.path("result");
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
