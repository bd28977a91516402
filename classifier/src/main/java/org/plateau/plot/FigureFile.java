package org.plateau.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Turns figures into files. */
public final class FigureFile {
    /** File formats. */
    public enum Format {
        PNG,
        SVG,
        PDF;

        String extension() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private FigureFile() {}

    /**
     * Writes {@code folder/name.extension}.
     *
     * @return the file
     */
    public static Path write(Figure figure, Medium medium, Format format, Path folder, String name)
            throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name + "." + format.extension());
        Files.write(file, bytes(figure, medium, format));
        return file;
    }

    /** The picture as a file's content. */
    public static byte[] bytes(Figure figure, Medium medium, Format format) {
        double width = medium.width();
        double height = figure.height(medium);
        switch (format) {
            case SVG -> {
                SvgCanvas canvas = new SvgCanvas(width, height, figure.title());
                figure.draw(canvas, medium);
                return canvas.document().getBytes(StandardCharsets.UTF_8);
            }
            case PDF -> {
                PdfCanvas canvas = new PdfCanvas(width, height, figure.title());
                figure.draw(canvas, medium);
                return canvas.document();
            }
            case PNG -> {
                RasterCanvas canvas = new RasterCanvas(width, height, medium.dpi());
                figure.draw(canvas, medium);
                return png(canvas.image(), medium.dpi());
            }
        }
        throw new IllegalArgumentException("expected a format, found " + format);
    }

    private static byte[] png(BufferedImage image, double dpi) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(
                            ImageTypeSpecifier.createFromRenderedImage(image),
                            writer.getDefaultWriteParam());
            describe(metadata, dpi);
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, metadata));
        } catch (IOException e) {
            throw new IllegalStateException("PNG encoding failed: " + e.getMessage(), e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Notes the resolution, so that the image comes out at its printed size. */
    private static void describe(IIOMetadata metadata, double dpi) throws IIOInvalidTreeException {
        String format = "javax_imageio_png_1.0";
        IIOMetadataNode size = new IIOMetadataNode("pHYs");
        String perMetre = Long.toString(Math.round(dpi / 0.0254));
        size.setAttribute("pixelsPerUnitXAxis", perMetre);
        size.setAttribute("pixelsPerUnitYAxis", perMetre);
        size.setAttribute("unitSpecifier", "meter");
        IIOMetadataNode root = new IIOMetadataNode(format);
        root.appendChild(size);
        metadata.mergeTree(format, root);
    }
}
