// The catalog of queries as the program serves it; it does not change while the program runs.
import { useQuery } from "@tanstack/react-query";
import { request } from "./client";
import type { components } from "./generated/api";

export type CatalogQuery = components["schemas"]["CatalogQuery"];

/** Every query there is, by id; undefined while it is on its way. */
export function useCatalog(): { queries: readonly CatalogQuery[] | undefined; error: unknown; reload: () => void } {
  const { data, error, refetch } = useQuery({
    queryKey: ["catalog"],
    queryFn: () => request<components["schemas"]["Catalog"]>("GET", "/catalog"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { queries: data?.queries, error, reload: () => void refetch() };
}
