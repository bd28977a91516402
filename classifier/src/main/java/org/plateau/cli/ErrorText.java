package org.plateau.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What an exception says to a user. */
final class ErrorText {
    private ErrorText() {}

    /** The message; for those of the file system, which only name the file, what is wrong too. */
    static String of(Throwable e) {
        if (e instanceof UncheckedIOException && repeats(e)) {
            return of(e.getCause());
        }
        if (e instanceof FileSystemException failed && failed.getReason() == null) {
            return failed.getFile() + ": " + reason(failed);
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static boolean repeats(Throwable e) {
        return e.getCause() != null && e.getCause().toString().equals(e.getMessage());
    }

    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory, and it cannot be made";
        } else if (e instanceof AccessDeniedException) {
            return "may not be read or written by " + System.getProperty("user.name");
        } else if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
            return "expected a directory, found a file";
        }
        return e.getClass().getSimpleName();
    }
}
