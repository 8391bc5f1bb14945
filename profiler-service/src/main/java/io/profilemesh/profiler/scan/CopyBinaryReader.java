package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.LargeValues;

/**
 * Reads PostgreSQL's binary COPY format, pushed in pieces of any size, and hands the cells to the
 * columns' decoders. Pieces are gathered in one block; when it is full, the cells in it go to each
 * column in turn, so that a column's state stays close to the processor. A cell above {@link
 * LargeValues#THRESHOLD} is passed on in pieces and never held as a whole. Not safe for several
 * threads.
 */
final class CopyBinaryReader {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final int HEADER = SIGNATURE.length + 8;
  private static final int BLOCK = 2 * LargeValues.THRESHOLD;
  private static final int CELLS = 65_536;
  private static final int LONGEST_BATCH = 1024;

  /** Columns a power of two apart would fall on the same lines of the processor's cache. */
  private static final int PADDING = 8;

  private enum Expecting {
    HEADER,
    EXTENSION,
    ROW,
    CELL,
    REST_OF_CELL,
    END
  }

  private final ColumnDecoder[] decoders;
  private final byte[] block = new byte[BLOCK];
  private final long[] cells;
  private final int batch;

  /** Cells of a column before those of the next. */
  private final int stride;

  private Expecting expecting = Expecting.HEADER;
  private int filled;
  private int read;
  private int column;

  /** Complete rows of the batch. */
  private int row;

  /** Leading columns whose cell of the batch's first row has been handed over already. */
  private int taken;

  private int remaining;
  private long rows;

  CopyBinaryReader(ColumnDecoder[] decoders) {
    this.decoders = decoders;
    this.batch = Math.max(4, Math.min(LONGEST_BATCH, CELLS / Math.max(1, decoders.length)));
    this.stride = batch + PADDING;
    cells = new long[stride * decoders.length];
  }

  /** Takes in the next bytes of the stream. */
  void accept(byte[] data, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0) {
      int piece;
      if (expecting == Expecting.REST_OF_CELL && read == filled) {
        piece = Math.min(left, remaining);
        passOn(data, at, piece);
      } else {
        piece = Math.min(left, BLOCK - filled);
        System.arraycopy(data, at, block, filled, piece);
        filled += piece;
        if (filled == BLOCK) {
          drain();
        }
      }
      at += piece;
      left -= piece;
    }
  }

  /**
   * Ends the stream.
   *
   * @throws CopyFormatException when it ends too early
   */
  void finish() {
    drain();
    if (expecting != Expecting.END || read != filled) {
      throw new CopyFormatException("the stream ends before its trailer");
    }
  }

  /** Complete rows seen so far in the part that was looked at. */
  long rows() {
    return rows;
  }

  private void drain() {
    while (step()) {}
    flush();
    System.arraycopy(block, read, block, 0, filled - read);
    filled -= read;
    read = 0;
  }

  /** Takes one step, or answers false when it needs more bytes. */
  private boolean step() {
    return switch (expecting) {
      case HEADER -> header();
      case EXTENSION -> extension();
      case ROW -> row();
      case CELL -> cells();
      case REST_OF_CELL -> restOfCell();
      case END -> false;
    };
  }

  private boolean header() {
    if (filled - read < HEADER) {
      return false;
    }
    for (int i = 0; i < SIGNATURE.length; i++) {
      if (block[read + i] != SIGNATURE[i]) {
        throw new CopyFormatException("the stream does not begin with the signature of the format");
      }
    }
    int flags = ColumnDecoder.intAt(block, read + SIGNATURE.length);
    if ((flags & 0xFFFF_0000) != 0) {
      throw new CopyFormatException("the stream has an unknown critical flag");
    }
    remaining = ColumnDecoder.intAt(block, read + SIGNATURE.length + 4);
    if (remaining < 0) {
      throw new CopyFormatException("the header's extension has a negative length");
    }
    read += HEADER;
    expecting = Expecting.EXTENSION;
    return true;
  }

  private boolean extension() {
    int skipped = Math.min(remaining, filled - read);
    read += skipped;
    remaining -= skipped;
    if (remaining > 0) {
      return false;
    }
    expecting = Expecting.ROW;
    return true;
  }

  private boolean row() {
    if (filled - read < 2) {
      return false;
    }
    int fields = ColumnDecoder.shortAt(block, read);
    read += 2;
    if (fields == -1) {
      expecting = Expecting.END;
    } else if (fields != decoders.length) {
      throw new CopyFormatException("a row has " + fields + " cells instead of " + decoders.length);
    } else {
      column = 0;
      expecting = Expecting.CELL;
    }
    return true;
  }

  /** The hot loop: notes where the cells of a row are, as many as are there. */
  private boolean cells() {
    int at = read;
    int end = filled;
    int columns = decoders.length;
    while (column < columns) {
      if (end - at < 4) {
        read = at;
        return false;
      }
      int length = ColumnDecoder.intAt(block, at);
      if (length > LargeValues.THRESHOLD) {
        read = at + 4;
        beginLarge(length);
        return true;
      }
      if (length < -1) {
        throw new CopyFormatException("a cell has a negative length");
      }
      int next = at + 4 + Math.max(length, 0);
      if (next > end) {
        read = at;
        return false;
      }
      cells[column * stride + row] = ColumnDecoder.cell(at + 4, length);
      column++;
      at = next;
    }
    read = at;
    endRow();
    return true;
  }

  private void endRow() {
    rows++;
    row++;
    column = 0;
    expecting = Expecting.ROW;
    if (row == batch) {
      flush();
    }
  }

  /** Cells of the row before and after a large one go their own ways, so the batch ends here. */
  private void beginLarge(int length) {
    flush();
    remaining = length;
    decoders[column].beginLarge();
    expecting = Expecting.REST_OF_CELL;
  }

  private boolean restOfCell() {
    int there = Math.min(remaining, filled - read);
    int from = read;
    read += there;
    passOn(block, from, there);
    return expecting != Expecting.REST_OF_CELL;
  }

  private void passOn(byte[] data, int offset, int length) {
    decoders[column].acceptPiece(data, offset, length);
    remaining -= length;
    if (remaining == 0) {
      decoders[column].endLarge();
      column++;
      taken = column;
      expecting = Expecting.CELL;
    }
  }

  /** Hands the noted cells to their columns; may happen in the middle of a row. */
  private void flush() {
    for (int c = 0; c < decoders.length; c++) {
      int from = c * stride + (c < taken ? 1 : 0);
      int to = c * stride + row + (c < column ? 1 : 0);
      if (from < to) {
        decoders[c].decode(block, cells, from, to);
      }
    }
    row = 0;
    taken = column;
  }
}
