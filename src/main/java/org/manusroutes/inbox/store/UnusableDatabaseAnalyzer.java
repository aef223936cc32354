package org.manusroutes.inbox.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.manusroutes.text.Secrets;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says in two sentences why a start cannot use its database, and what to do; the codes are those of PostgreSQL. */
final class UnusableDatabaseAnalyzer extends AbstractFailureAnalyzer<SQLException> {
    /** "Untranslatable character": what PostgreSQL would say of an event later. */
    static final String WRONG_ENCODING = "22P05";

    private final Environment environment;

    UnusableDatabaseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable root, SQLException cause) {
        String url = Secrets.masked(environment.getProperty("spring.datasource.url", ""));
        return new FailureAnalysis(
                "The database " + url + " cannot be used: "
                        + Secrets.masked(String.valueOf(cause.getMessage()).replaceAll("\\s+", " ")),
                advice(cause.getSQLState(), String.valueOf(cause.getMessage())),
                cause);
    }

    private static String advice(@Nullable String state, String message) {
        String code = state == null ? "" : state;
        if (message.contains("root.crt") || message.contains("PKIX") || message.contains("SSL")) {
            return "Check sslmode and sslrootcert in spring.datasource.url: the server's certificate must be signed by"
                    + " that root certificate, and name the host.";
        }
        return switch (code) {
            case "28P01", "28000" ->
                "Check spring.datasource.username and spring.datasource.password"
                        + " (SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD).";
            case "3D000" -> "Create the database, or correct its name in spring.datasource.url.";
            case "42501" ->
                "Let the user make tables: GRANT CREATE, USAGE ON SCHEMA public TO the user, as the owner of the"
                        + " database.";
            case "25006" ->
                "The server is read-only: is it a standby? With several hosts, add targetServerType=primary to"
                        + " spring.datasource.url.";
            case WRONG_ENCODING -> "Create the database again: createdb -E UTF8 -T template0 NAME.";
            case "53300" -> "The server takes no more connections: this application needs 24 for each node.";
            default ->
                "Check that the server runs and can be reached from here, and spring.datasource.url"
                        + " (SPRING_DATASOURCE_URL).";
        };
    }
}
