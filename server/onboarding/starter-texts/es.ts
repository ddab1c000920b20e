import type { StarterTexts } from './texts.ts';

export const es: StarterTexts = {
  labels: {
    name: 'Nombre',
    request: 'Solicitud',
    place: 'Lugar',
    question: 'Pregunta',
    service: 'Servicio',
    when: 'Día y hora',
    change: 'Cambio',
  },
  buttons: {
    quote: 'Pedir presupuesto',
    question: 'Hacer una pregunta',
    book: 'Reservar',
    change: 'Cambiar o cancelar',
    person: 'Hablar con alguien',
  },
  words: {
    quote: ['presupuesto', 'precio', 'precios', 'oferta', 'cuesta', 'cotización', 'cotizar'],
    question: ['pregunta', 'preguntar', 'duda', 'saber'],
    book: ['reservar', 'reserva', 'cita', 'turno'],
    change: ['cambiar', 'cancelar', 'mover', 'anular'],
    person: ['persona', 'humano', 'agente', 'asesor', 'asesora', 'representante', 'hablar con alguien'],
  },
  welcome: {
    requests: 'Hola {name}, gracias por escribir a {business}. ¿En qué podemos ayudarle?',
    quotes: 'Hola {name}, soy el asistente de {business}. ¿En qué puedo ayudarle?',
    appointments: 'Hola {name}, soy el asistente de {business}. ¿Desea una cita?',
  },
  asks: {
    name: '¿Y cómo se llama usted?',
    need: 'Con gusto. ¿Qué necesita? Bastan una o dos frases.',
    place: '¿Para qué lugar es? La población o el código postal.',
    question: '¿Qué le gustaría saber?',
    service: 'Con gusto. ¿Para qué es la cita?',
    when: '¿Qué día y a qué hora le viene mejor?',
    change: '¿De qué cita se trata y qué debemos cambiar?',
  },
  retry: {
    name: 'Perdone, no lo he entendido. Solo su nombre, por favor, como «Ana Silva».',
    text: 'Escríbalo en pocas palabras, por favor.',
    choice: 'Perdone, no lo he entendido. Elija una de estas opciones, por favor.',
  },
  thanks: {
    request: 'Gracias, {name}. Alguien de {business} le responderá aquí pronto.',
    quote: 'Gracias, {name}. Alguien de {business} preparará su presupuesto y le escribirá aquí.',
    appointment: 'Gracias, {name}. Alguien de {business} buscará una hora y se la confirmará aquí.',
    person: 'Gracias. Alguien de {business} le responderá aquí pronto.',
  },
  sample: {
    hello: 'Hola',
    request: 'Mi pedido aún no ha llegado',
    need: 'Paneles solares para una casa con tejado plano',
    place: 'Valencia',
    service: 'Un corte de pelo',
    when: 'El jueves después de las 16:00',
    name: 'Ana Silva',
  },
};
