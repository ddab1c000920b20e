'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { useEffect, useRef } from 'react';
import { useNews } from '#components/trpc/live.tsx';
import { useTRPC } from '#components/trpc/provider.tsx';
import type { AppRouter } from '#components/trpc/types.ts';

type Outputs = inferRouterOutputs<AppRouter>['people'];
type Inputs = inferRouterInputs<AppRouter>['people'];

export type LeadRow = Outputs['list']['rows'][number];
export type LeadView = Outputs['get'];
export type Choices = Outputs['choices'];
export type Segment = Outputs['segments'][number];
export type Filter = Segment['filter'];
export type Condition = Filter['conditions'][number];
export type BulkView = Outputs['change'];
export type Who = Inputs['change']['who'];
export type Deed = Inputs['change']['deed'];
export type TimelineItem = Outputs['timeline']['items'][number];
export type Sort = 'last' | 'added';

const atMostEvery = 3_000;

/** What is shown of leads is fetched again after news, at most every three seconds: many write at once. */
export function useFreshLeads() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const fetchedAt = useRef(0);
  useNews(() => {
    if (timer.current !== undefined) return;
    const wait = Math.max(150, atMostEvery - (Date.now() - fetchedAt.current));
    timer.current = setTimeout(() => {
      timer.current = undefined;
      fetchedAt.current = Date.now();
      void queryClient.invalidateQueries({ queryKey: trpc.people.pathKey() });
    }, wait);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}

/** What can be done in the room; each is done only when what is shown of leads is fetched again. */
export function useLeadDeeds() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: trpc.people.pathKey() });
  const { people } = trpc;
  return {
    add: useMutation(people.add.mutationOptions({ onSuccess })),
    edit: useMutation(people.edit.mutationOptions({ onSuccess })),
    makeLabel: useMutation(people.makeLabel.mutationOptions({ onSuccess })),
    renameLabel: useMutation(people.renameLabel.mutationOptions({ onSuccess })),
    deleteLabel: useMutation(people.deleteLabel.mutationOptions({ onSuccess })),
    saveSegment: useMutation(people.saveSegment.mutationOptions({ onSuccess })),
    changeSegment: useMutation(people.changeSegment.mutationOptions({ onSuccess })),
    deleteSegment: useMutation(people.deleteSegment.mutationOptions({ onSuccess })),
    change: useMutation(people.change.mutationOptions({ onSuccess })),
    remove: useMutation(people.delete.mutationOptions({ onSuccess })),
    restore: useMutation(people.restore.mutationOptions({ onSuccess })),
    undo: useMutation(people.undoChange.mutationOptions({ onSuccess })),
    addNote: useMutation(people.addNote.mutationOptions({ onSuccess })),
    editNote: useMutation(people.editNote.mutationOptions({ onSuccess })),
    deleteNote: useMutation(people.deleteNote.mutationOptions({ onSuccess })),
  };
}
