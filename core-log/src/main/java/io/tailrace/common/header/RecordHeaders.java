package io.tailrace.common.header;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The mutable {@link Headers}, backed by an array that does not exist before the first header: most records have none, so
 * an empty one costs a single small object. Lookups are linear, which wins for the handful of headers a record has.
 *
 * <p><b>Owner:</b> one thread while it changes; any number of readers after {@link #setReadOnly()} and a safe hand-over.
 * A changing collection may be iterated by its owner: headers that are added meanwhile are visited.
 */
public final class RecordHeaders implements Headers {
    private static final Header[] NONE = {};
    private static final int FIRST_CAPACITY = 4;

    private Header[] elements;
    private int size;
    private boolean readOnly;

    public RecordHeaders() {
        elements = NONE;
    }

    /** Starts with a copy of the array. */
    public RecordHeaders(Header[] headers) {
        elements = headers.length == 0 ? NONE : headers.clone();
        size = headers.length;
        for (Header header : headers) {
            Objects.requireNonNull(header, "a header must not be null");
        }
    }

    /** Starts with what the iterable holds now. */
    public RecordHeaders(Iterable<Header> headers) {
        if (headers instanceof RecordHeaders that) {
            elements = that.size == 0 ? NONE : Arrays.copyOf(that.elements, that.size);
            size = that.size;
        } else {
            elements = NONE;
            for (Header header : headers) {
                append(header);
            }
        }
    }

    @Override
    public Headers add(Header header) {
        checkWritable();
        append(header);
        return this;
    }

    @Override
    public Headers add(String key, byte @Nullable [] value) {
        return add(new RecordHeader(key, value));
    }

    @Override
    public Headers remove(String key) {
        checkWritable();
        Objects.requireNonNull(key, "a header key must not be null");
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!elements[i].key().equals(key)) {
                elements[kept++] = elements[i];
            }
        }
        truncate(kept);
        return this;
    }

    @Override
    public @Nullable Header lastHeader(String key) {
        Objects.requireNonNull(key, "a header key must not be null");
        for (int i = size - 1; i >= 0; i--) {
            if (elements[i].key().equals(key)) {
                return elements[i];
            }
        }
        return null;
    }

    @Override
    public Iterable<Header> headers(String key) {
        Objects.requireNonNull(key, "a header key must not be null");
        return () -> new Cursor(key);
    }

    @Override
    public Iterator<Header> iterator() {
        return new Cursor(null);
    }

    @Override
    public Header[] toArray() {
        return size == 0 ? NONE : Arrays.copyOf(elements, size);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** From now on every change fails. Cannot be undone; copy the headers to change them. */
    public void setReadOnly() {
        readOnly = true;
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    private void append(Header header) {
        Objects.requireNonNull(header, "a header must not be null");
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, Math.max(FIRST_CAPACITY, size * 2));
        }
        elements[size++] = header;
    }

    private void removeAt(int index) {
        System.arraycopy(elements, index + 1, elements, index, size - index - 1);
        truncate(size - 1);
    }

    private void truncate(int newSize) {
        Arrays.fill(elements, newSize, size, null); // nothing removed is kept alive
        size = newSize;
    }

    private void checkWritable() {
        if (readOnly) {
            throw new IllegalStateException(
                    "these headers are read-only because their record was sent; copy them to change them");
        }
    }

    /** Equal to other record headers with equal headers in the same order, read-only or not. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordHeaders that && Arrays.equals(elements, 0, size, that.elements, 0, that.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + elements[i].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return "RecordHeaders(headers = " + Arrays.toString(Arrays.copyOf(elements, size)) + ", isReadOnly = "
                + readOnly + ")";
    }

    /** Walks over all headers, or those with one key. */
    private final class Cursor implements Iterator<Header> {
        private final @Nullable String key;
        private int next;
        private int last = -1;

        Cursor(@Nullable String key) {
            this.key = key;
        }

        @Override
        public boolean hasNext() {
            while (key != null && next < size && !elements[next].key().equals(key)) {
                next++;
            }
            return next < size;
        }

        @Override
        public Header next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more headers");
            }
            last = next++;
            return elements[last];
        }

        @Override
        public void remove() {
            checkWritable();
            if (last < 0) {
                throw new IllegalStateException("call next() before each remove()");
            }
            removeAt(last);
            next = last;
            last = -1;
        }
    }
}
