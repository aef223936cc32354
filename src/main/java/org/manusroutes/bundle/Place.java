package org.manusroutes.bundle;

import org.snakeyaml.engine.v2.nodes.Node;

/** Where something stands; lines and columns count from 1. */
public record Place(String file, int line, int column) {
    public static Place of(RouteFile file) {
        return new Place(file.name(), 1, 1);
    }

    public static Place of(RouteFile file, Node node) {
        return node.getStartMark()
                .map(mark -> new Place(file.name(), mark.getLine() + 1, mark.getColumn() + 1))
                .orElseGet(() -> of(file));
    }
}
