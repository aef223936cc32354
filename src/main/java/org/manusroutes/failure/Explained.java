package org.manusroutes.failure;

/** An exception whose message says all that people need: it stands for what is wrapped in it, and for what wraps it. */
public interface Explained {}
