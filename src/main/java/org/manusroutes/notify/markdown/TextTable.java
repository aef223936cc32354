package org.manusroutes.notify.markdown;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/** A table for letters of one width: columns aligned, the widest ones cut until it fits. */
final class TextTable {
    private static final String BETWEEN = "  ";
    private static final int NARROWEST = 6;

    private final List<List<String>> rows = new ArrayList<>();
    private final List<ShownLink> links = new ArrayList<>();
    private boolean[] right = {};

    TextTable(Node table) {
        table.accept(new AbstractVisitor() {
            @Override
            public void visit(org.commonmark.node.CustomNode node) {
                if (node instanceof TableRow) {
                    row(node);
                } else {
                    visitChildren(node);
                }
            }
        });
    }

    private void row(Node row) {
        List<String> cells = new ArrayList<>();
        List<Boolean> alignment = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            cells.add(Words.of(cell));
            alignment.add(cell instanceof TableCell one && one.getAlignment() == TableCell.Alignment.RIGHT);
            cell.accept(new AbstractVisitor() {
                @Override
                public void visit(Link link) {
                    links.add(ShownLink.of(link));
                }

                @Override
                public void visit(Image image) {
                    links.add(ShownLink.of(image));
                }
            });
        }
        if (rows.isEmpty()) {
            right = new boolean[cells.size()];
            for (int i = 0; i < right.length; i++) {
                right[i] = alignment.get(i);
            }
        }
        rows.add(cells);
    }

    /** What its cells link to: within the table is no place for it. */
    Stream<ShownLink> links() {
        return links.stream();
    }

    /** The head, a line of dashes, and the rows. */
    List<String> lines(int width) {
        int[] widths = widths(width);
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths, width));
            if (lines.size() == 1) {
                List<String> dashes =
                        Arrays.stream(widths).mapToObj("\u2500"::repeat).toList();
                lines.add(line(dashes, widths, width));
            }
        }
        return lines;
    }

    private String line(List<String> row, int[] widths, int width) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < Math.min(widths.length, row.size()); i++) {
            line.append(i == 0 ? "" : BETWEEN).append(Columns.fit(row.get(i), widths[i], right[i]));
        }
        return Columns.cut(line.toString().stripTrailing(), width);
    }

    private int[] widths(int width) {
        int[] widths = new int[right.length];
        for (List<String> row : rows) {
            for (int i = 0; i < Math.min(widths.length, row.size()); i++) {
                widths[i] = Math.max(widths[i], Math.min(width, Columns.width(row.get(i))));
            }
        }
        int room = width - BETWEEN.length() * (widths.length - 1);
        while (Arrays.stream(widths).sum() > room) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST) {
                break; // too many of them: the lines are cut
            }
            widths[widest]--;
        }
        return widths;
    }
}
