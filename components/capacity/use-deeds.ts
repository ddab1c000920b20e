import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useAdmin } from '#components/trpc/admin.tsx';

/** What is done to runs, tiers and selling; each is done only when what shows it has been fetched again. */
export function useDeeds() {
  const admin = useAdmin();
  const queryClient = useQueryClient();
  const options = { onSuccess: () => queryClient.invalidateQueries({ queryKey: admin.pathKey() }) };
  const { capacity } = admin;
  return {
    addRun: useMutation(capacity.addRun.mutationOptions(options)),
    chooseRun: useMutation(capacity.chooseRun.mutationOptions(options)),
    removeRun: useMutation(capacity.removeRun.mutationOptions(options)),
    addTier: useMutation(capacity.addTier.mutationOptions(options)),
    editTier: useMutation(capacity.editTier.mutationOptions(options)),
    deleteTier: useMutation(capacity.deleteTier.mutationOptions(options)),
    moveTier: useMutation(capacity.moveTier.mutationOptions(options)),
    changeSelling: useMutation(capacity.changeSelling.mutationOptions(options)),
  };
}
