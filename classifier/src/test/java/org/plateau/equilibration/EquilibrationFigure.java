package org.plateau.equilibration;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** Draws docs/equilibration.png: four series and what the test says of them as they come in. */
final class EquilibrationFigure {

    private static final int WIDTH = 960;
    private static final int PANEL = 175;
    private static final int LEFT = 70;
    private static final int STRIP = 16;

    private static final Map<String, Color> COLOURS =
            Map.of(
                    "insufficient", new Color(0xd9d9d9),
                    "warming-up", new Color(0xf2b134),
                    "undecided", new Color(0xa6bddb),
                    "drifting", new Color(0xd95f0e),
                    "cyclic", new Color(0x8e5ea2),
                    "equilibrated", new Color(0x2e8b57),
                    "revoked", new Color(0xc1121f),
                    "degenerate", new Color(0x636363));

    private final BufferedImage image =
            new BufferedImage(WIDTH, 4 * PANEL + 50, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D g = image.createGraphics();

    public static void main(String[] arguments) throws IOException {
        String file = arguments.length > 0 ? arguments[0] : "docs/equilibration.png";
        EquilibrationFigure figure = new EquilibrationFigure();
        figure.draw();
        ImageIO.write(figure.image, "png", new File(file));
    }

    private void draw() {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        EquilibrationSettings half = MonteCarlo.tolerating(0.5);
        panel(
                0,
                "relaxation with e-folding time 300, noise of lag-1 correlation 0.5;"
                        + " horizon 1,000, tolerance 0.5",
                half.withHorizon(1000),
                Noise.relaxation(Noise.autoregressive(MonteCarlo.seeded(1), 0.5, 6000), 10, 300));
        panel(
                1,
                "drift of just the tolerance 0.5 over the horizon 2,000: never called steady",
                half.withHorizon(2000),
                Noise.line(Noise.autoregressive(MonteCarlo.seeded(2), 0, 6000), 0.5 / 2000));
        panel(
                2,
                "a step of 1.5 standard deviations after 3,000; tolerance 0.5",
                half,
                Noise.step(Noise.autoregressive(MonteCarlo.seeded(3), 0, 6000), 1.5, 3000));
        panel(
                3,
                "an oscillation of period 150 sets in after 3,000; tolerance from the spread",
                EquilibrationSettings.DEFAULT,
                Noise.oscillation(
                        Noise.autoregressive(MonteCarlo.seeded(4), 0, 6000), 2, 150, 3000));
        legend();
    }

    private void panel(int number, String title, EquilibrationSettings settings, double[] x) {
        int top = number * PANEL + 24;
        int height = PANEL - 24 - STRIP - 22;
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
        g.setColor(Color.BLACK);
        g.drawString(title, LEFT, top - 6);
        series(x, top, height);
        verdicts(settings, x, top, height);
        axis(x.length, top + height + STRIP + 4);
    }

    private double across(double sample, int samples) {
        return LEFT + sample * (WIDTH - LEFT - 20) / samples;
    }

    private void series(double[] x, int top, int height) {
        double low = java.util.Arrays.stream(x).min().orElseThrow();
        double high = java.util.Arrays.stream(x).max().orElseThrow();
        Path2D path = new Path2D.Double();
        for (int i = 0; i < x.length; i++) {
            double y = top + height - (x[i] - low) / (high - low) * height;
            if (i == 0) {
                path.moveTo(across(i, x.length), y);
            } else {
                path.lineTo(across(i, x.length), y);
            }
        }
        g.setStroke(new BasicStroke(0.6f));
        g.setColor(new Color(0x3b4a63));
        g.draw(path);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        g.setColor(Color.DARK_GRAY);
        g.drawString(String.format("%.0f", high), LEFT - 30, top + 10);
        g.drawString(String.format("%.0f", low), LEFT - 30, top + height);
    }

    private void verdicts(EquilibrationSettings settings, double[] x, int top, int height) {
        EquilibrationTest test = new EquilibrationTest(settings);
        boolean settled = false;
        for (int i = 0; i < x.length; i++) {
            test.add(i, x[i]);
            Verdict now = test.verdict();
            g.setColor(COLOURS.get(now.name()));
            double left = across(i, x.length);
            g.fill(
                    new Rectangle2D.Double(
                            left,
                            top + height + 4,
                            across(i + 1, x.length) - left + 0.5,
                            STRIP - 4));
            if (now.settled() && !settled) {
                mark(now, x.length, top, height);
            }
            settled = now.settled();
        }
    }

    /** A dashed line at the start of what is retained. */
    private void mark(Verdict verdict, int samples, int top, int height) {
        long first =
                verdict instanceof Verdict.Equilibrated e
                        ? e.first()
                        : ((Verdict.Cyclic) verdict).first();
        float[] dash = {5, 4};
        g.setStroke(
                new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, dash, 0));
        g.setColor(COLOURS.get(verdict.name()));
        double at = across(first, samples);
        g.draw(new Line2D.Double(at, top, at, top + height));
    }

    private void axis(int samples, int baseline) {
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        g.setColor(Color.DARK_GRAY);
        for (int s = 0; s <= samples; s += 1000) {
            String text = String.valueOf(s);
            int width = g.getFontMetrics().stringWidth(text);
            g.drawString(text, (int) (across(s, samples) - width / 2.0), baseline + 11);
        }
    }

    private void legend() {
        int y = 4 * PANEL + 34;
        int x = LEFT;
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        for (String name : Verdict.NAMES) {
            g.setColor(COLOURS.get(name));
            g.fillRect(x, y - 11, 14, 12);
            g.setColor(Color.BLACK);
            g.drawString(name, x + 18, y);
            x += 36 + g.getFontMetrics().stringWidth(name);
        }
        g.drawString("dashed: start", x + 6, y);
    }
}
