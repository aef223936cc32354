package org.manusroutes.bundle.dryrun;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.camel.BundleBeans;
import org.springframework.context.ApplicationContext;

/**
 * The application's beans as a dry run sees them. A bean {@code x-dry-run} stands for {@code x}, and without a database
 * {@code x-offline} too; ledgers are empty ones in memory; no component is shared with what runs. A stub that
 * Camel would find by its type beside the bean it stands for is made by a Supplier.
 */
public final class DryRunBeans implements BeanRepository {
    static final String DRY = "-dry-run";
    private static final String OFFLINE = "-offline";

    private final ApplicationContext spring;
    private final BundleBeans beans;
    private final boolean offline;
    private final Map<String, MemoryIdempotentRepository> ledgers = new ConcurrentHashMap<>();

    public DryRunBeans(ApplicationContext spring, boolean offline) {
        this.spring = spring;
        this.beans = new BundleBeans(spring);
        this.offline = offline;
    }

    /** Begins a run: nothing has been done yet. */
    void forget() {
        ledgers.values().forEach(MemoryIdempotentRepository::clear);
    }

    boolean hasDryRunStub(String name) {
        return spring.containsBean(name + DRY);
    }

    @Override
    public @Nullable Object lookupByName(String name) {
        if (hasDryRunStub(name)) {
            Object stub = beans.lookupByName(name + DRY);
            return stub instanceof Supplier<?> supplier ? supplier.get() : stub;
        }
        if (offline && spring.containsBean(name + OFFLINE)) {
            return beans.lookupByName(name + OFFLINE);
        }
        if (spring.containsBean(name) && spring.isTypeMatch(name, IdempotentRepository.class)) {
            return ledgers.computeIfAbsent(name, ledger -> new MemoryIdempotentRepository());
        }
        return beans.lookupByName(name);
    }

    @Override
    public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
        Object bean = lookupByName(name);
        return type.isInstance(bean) ? type.cast(bean) : null;
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        Map<String, T> found = new LinkedHashMap<>();
        for (String name : spring.getBeanNamesForType(type)) {
            T bean = name.endsWith(DRY) || name.endsWith(OFFLINE) ? null : lookupByNameAndType(name, type);
            if (bean != null) {
                found.put(name, bean);
            }
        }
        return found;
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return new LinkedHashSet<>(findByTypeWithName(type).values());
    }
}
