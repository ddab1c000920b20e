import type { StarterTexts } from './texts.ts';

export const pt: StarterTexts = {
  labels: {
    name: 'Nome',
    request: 'Pedido',
    place: 'Local',
    question: 'Pergunta',
    service: 'Serviço',
    when: 'Dia e hora',
    change: 'Alteração',
  },
  buttons: {
    quote: 'Pedir orçamento',
    question: 'Fazer uma pergunta',
    book: 'Marcar',
    change: 'Alterar ou cancelar',
    person: 'Falar com alguém',
  },
  words: {
    quote: ['orçamento', 'preço', 'preços', 'oferta', 'custa', 'cotação'],
    question: ['pergunta', 'perguntar', 'dúvida', 'saber'],
    book: ['marcar', 'agendar', 'marcação', 'reserva', 'horário'],
    change: ['alterar', 'cancelar', 'mudar', 'remarcar'],
    person: ['pessoa', 'humano', 'atendente', 'representante', 'falar com alguém'],
  },
  welcome: {
    requests: 'Olá {name}, obrigado por escrever para {business}. Em que podemos ajudar?',
    quotes: 'Olá {name}, sou o assistente de {business}. Em que posso ajudar?',
    appointments: 'Olá {name}, sou o assistente de {business}. Gostaria de uma marcação?',
  },
  asks: {
    name: 'E qual é o seu nome?',
    need: 'Com prazer. Do que precisa? Uma ou duas frases bastam.',
    place: 'Para que lugar é? A cidade ou o código postal.',
    question: 'O que gostaria de saber?',
    service: 'Com prazer. Para que é a marcação?',
    when: 'Que dia e hora lhe convêm mais?',
    change: 'De que marcação se trata, e o que devemos mudar?',
  },
  retry: {
    name: 'Desculpe, não entendi. Só o seu nome, por favor, como “Ana Silva”.',
    text: 'Escreva em poucas palavras, por favor.',
    choice: 'Desculpe, não entendi. Escolha uma destas opções, por favor.',
  },
  thanks: {
    request: 'Obrigado, {name}. Alguém de {business} responde aqui em breve.',
    quote: 'Obrigado, {name}. Alguém de {business} prepara o seu orçamento e escreve aqui.',
    appointment: 'Obrigado, {name}. Alguém de {business} procura um horário e confirma aqui.',
    person: 'Obrigado. Alguém de {business} responde aqui em breve.',
  },
  sample: {
    hello: 'Olá',
    request: 'A minha encomenda ainda não chegou',
    need: 'Painéis solares para uma casa de telhado plano',
    place: 'Porto',
    service: 'Um corte de cabelo',
    when: 'Quinta-feira depois das 16h',
    name: 'Ana Silva',
  },
};
