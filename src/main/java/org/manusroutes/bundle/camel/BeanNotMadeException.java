package org.manusroutes.bundle.camel;

import java.util.Objects;
import org.manusroutes.bundle.FileBean;
import org.manusroutes.bundle.Place;
import org.springframework.core.NestedExceptionUtils;

/** A bean of a file that its class, its constructor or one of its properties did not let be made. */
public final class BeanNotMadeException extends IllegalStateException {
    private final transient Place place;

    BeanNotMadeException(FileBean bean, Throwable cause) {
        super(
                "the bean '" + bean.name() + "' cannot be made: "
                        + Objects.requireNonNullElseGet(
                                NestedExceptionUtils.getMostSpecificCause(cause).getMessage(), cause::toString),
                cause);
        this.place = bean.place();
    }

    /** Where it is defined. */
    public Place place() {
        return place;
    }
}
