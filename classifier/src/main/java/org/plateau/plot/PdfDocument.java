package org.plateau.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;

/** The objects of a one-page PDF 1.4 without dates or random identifiers (ISO 32000-1). */
final class PdfDocument {
    private static final int CATALOG = 1;
    private static final int PAGES = 2;
    private static final int PAGE = 3;
    private static final int CONTENT = 4;
    private static final int INFO = 5;
    private static final int FIRST_IMAGE = 6;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();
    private final double width;
    private final double height;
    private final String title;

    PdfDocument(double width, double height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
    }

    /** The file whose page has this content; images are named I1, I2..., opacities A0 to A255. */
    byte[] page(String content, List<BufferedImage> images, List<Integer> opacities) {
        text("%PDF-1.4\n");
        object("<< /Type /Catalog /Pages " + PAGES + " 0 R >>");
        object("<< /Type /Pages /Kids [" + PAGE + " 0 R] /Count 1 >>");
        object(
                "<< /Type /Page /Parent "
                        + PAGES
                        + " 0 R /MediaBox [0 0 "
                        + Decimal.of(width, 2)
                        + " "
                        + Decimal.of(height, 2)
                        + "] /Contents "
                        + CONTENT
                        + " 0 R /Resources "
                        + resources(images.size(), opacities)
                        + " >>");
        stream("", content.getBytes(StandardCharsets.US_ASCII));
        object("<< /Title <" + utf16(title) + "> /Creator (Plateau) >>");
        for (BufferedImage image : images) {
            image(image);
        }
        trailer();
        return out.toByteArray();
    }

    private static String resources(int images, List<Integer> opacities) {
        StringBuilder text = new StringBuilder("<< /ExtGState <<");
        for (int opacity : opacities) {
            String share = Decimal.of(opacity / 255.0, 3);
            text.append(" /A" + opacity + " << /ca " + share + " /CA " + share + " >>");
        }
        text.append(" >> /XObject <<");
        for (int i = 0; i < images; i++) {
            text.append(" /I" + (i + 1) + " " + (FIRST_IMAGE + i) + " 0 R");
        }
        return text + " >> >>";
    }

    private void image(BufferedImage image) {
        byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int pixel = image.getRGB(x, y);
                rgb[at++] = (byte) (pixel >> 16);
                rgb[at++] = (byte) (pixel >> 8);
                rgb[at++] = (byte) pixel;
            }
        }
        stream(
                "/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8"
                        + " /Width "
                        + image.getWidth()
                        + " /Height "
                        + image.getHeight()
                        + " ",
                rgb);
    }

    private void object(String body) {
        begin();
        text(body + "\nendobj\n");
    }

    private void stream(String entries, byte[] bytes) {
        byte[] packed = deflate(bytes);
        begin();
        text("<< " + entries + "/Filter /FlateDecode /Length " + packed.length + " >>\nstream\n");
        out.writeBytes(packed);
        text("\nendstream\nendobj\n");
    }

    private void begin() {
        offsets.add(out.size());
        text(offsets.size() + " 0 obj\n");
    }

    private void trailer() {
        int start = out.size();
        text("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
        for (int offset : offsets) {
            text(String.format(Locale.ROOT, "%010d 00000 n \n", offset));
        }
        text("trailer\n<< /Size " + (offsets.size() + 1) + " /Root " + CATALOG + " 0 R /Info ");
        text(INFO + " 0 R >>\nstartxref\n" + start + "\n%%EOF\n");
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String utf16(String text) {
        StringBuilder hex = new StringBuilder("FEFF");
        for (char c : text.toCharArray()) {
            hex.append(String.format(Locale.ROOT, "%04X", (int) c));
        }
        return hex.toString();
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] block = new byte[8192];
        while (!deflater.finished()) {
            packed.write(block, 0, deflater.deflate(block));
        }
        deflater.end();
        return packed.toByteArray();
    }
}
